"""A site as built around 2000: layout tables, font tags, `<br><br>` between paragraphs, no metadata."""

from collections.abc import Sequence
from datetime import timedelta, timezone

from examples.newsstand.page import PageWriter
from examples.newsstand.texts import Article, Outlet, Part
from examples.newsstand.themes.theme import Theme, attribute, others, runs_of, slug_of


class Tables(Theme):
    """Query-string addresses, three columns, the whole story in one table cell."""

    feed_path = "/backend.xml"
    sitemap_path = "/sitemap.xml"
    about_path = "/about.htm"

    def article_path(self, article: Article) -> str:
        """Return a script's address with the story's number."""
        return f"/news/story.php?id={article.number}"

    def section_path(self, section: str) -> str:
        """Return a section's static page."""
        return f"/{slug_of(section)}.htm"

    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Write a story's page."""
        printed = article.published.astimezone(_CLOCK)
        when = f"{printed:%A}, {printed.day} {printed:%B %Y, %H:%M} {_CLOCK}"
        return f"""{_head(outlet, f"{outlet.name}: {article.title}", self)}
{self._top(page, outlet)}
<td width="460" valign="top" bgcolor="#FFFFFF">
<table width="100%" border="0" cellspacing="0" cellpadding="6"><tr><td>
<font face="Verdana, Arial" size="1" color="#666666"><a
  href="/">{page.note("navigation", _trail(article))}Home</a>
 &gt; <a href="{self.section_path(article.section)}">{article.section}</a></font><br><br>
<font face="Georgia, Times" size="5"><b>{page.cut("title", article.title)}</b></font><br>
<font face="Verdana, Arial" size="1">{self._byline(page, article)}
{page.cut("dateline", when)}</font><br><br>
{self._picture(page, article)}
<font face="Georgia, Times" size="3">
{self._body(page, article)}
</font>
{self._source(page, article)}
<hr size="1" noshade>
<font face="Verdana, Arial" size="1">
<a href="/news/print.php?id={article.number}">
{page.cut("share|navigation", "Printer-friendly version")}</a><br>
<a href="/news/mail.php?id={article.number}">
{page.cut("share|navigation", "E-mail this story to a friend")}</a><br>
<a href="#top">{page.cut("navigation", "Back to top")}</a></font>
</td></tr></table></td>
<td width="160" valign="top" bgcolor="#EEEEEE">
<table width="100%" border="0" cellspacing="0" cellpadding="4">
<tr><td bgcolor="#003366"><font color="#FFFFFF" face="Arial" size="2"><b>
{page.cut("related", "Other stories")}</b></font></td></tr>
<tr><td><font face="Arial" size="2">{self._other_stories(page, outlet, article)}</font></td></tr>
<tr><td align="center"><font face="Arial" size="1"
  color="#999999">{page.cut("ad", "advertisement")}</font><br>
<a href="http://ads.example/click?b=17"><img src="/banners/17.gif" width="120" height="240"
  border="0"></a></td></tr>
</table></td></tr></table>
{self._bottom(page, outlet)}"""

    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Write a list of headlines."""
        rows = "\n".join(
            f'<tr><td><font face="Georgia" size="4"><a href="{attribute(self.article_path(article))}">'
            f"{page.cut('navigation', article.title)}</a></font><br>"
            f'<font face="Verdana" size="2">{page.cut("navigation", article.teaser)}</font></td></tr>'
            for article in articles
        )
        return f"""{_head(outlet, f"{outlet.name} - {heading}", self)}
{self._top(page, outlet)}
<td width="620" valign="top"><font face="Georgia" size="5">{page.cut("navigation", heading)}</font>
<table border="0" cellpadding="6">{rows}</table></td></tr></table>
{self._bottom(page, outlet)}"""

    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Write a static page."""
        return f"""{_head(outlet, f"{outlet.name} - About this paper", self)}
{self._top(page, outlet)}
<td width="620" valign="top"><b>{page.cut("navigation", "About this paper")}</b><br><br>
{page.cut("navigation", outlet.words["about"])}</td></tr></table>
{self._bottom(page, outlet)}"""

    def _top(self, page: PageWriter, outlet: Outlet) -> str:
        menu = {"Front page": "/"} | {section: self.section_path(section) for section in outlet.sections}
        return f"""<body bgcolor="#FFFFFF" text="#000000" link="#003399" topmargin="0"><a name="top"></a>
<table width="760" border="0" cellspacing="0" cellpadding="0" align="center"><tr bgcolor="#003366"><td
  height="60">
<font color="#FFFFFF" face="Times" size="6"><i>{page.cut("navigation|other", outlet.name)}</i></font>
<font color="#CCCCCC" face="Verdana" size="1">{page.cut("navigation|promo|other", outlet.tagline)}</font>
</td></tr></table>
<table width="760" border="0" cellspacing="0" cellpadding="0" align="center"><tr>
<td width="140" valign="top" bgcolor="#DDE6EE"><font face="Arial" size="2"><br>
{page.links("navigation", menu, "&nbsp;{}<br>")}</font></td>"""

    def _byline(self, page: PageWriter, article: Article) -> str:
        author = article.author
        if not author.name:
            return ""
        signed = ", ".join(filter(None, (f"by {author.name}", author.role)))
        return f"<b>{page.cut('byline', signed)}</b><br>"

    def _picture(self, page: PageWriter, article: Article) -> str:
        if article.picture is None:
            return ""
        return f"""<table align="right" width="200" border="0" cellpadding="4"><tr><td>
<img src="/pix/{article.number}.jpg" width="190" height="140" alt=""></td></tr><tr><td bgcolor="#EEEEEE">
<font face="Verdana" size="1"><i>{page.cut("caption", _caption(article.picture))}</i></font>
</td></tr></table>"""

    def _body(self, page: PageWriter, article: Article) -> str:
        return "<br><br>\n".join(_run(page, run) for run in runs_of(article.parts)) + "<br><br>"

    def _source(self, page: PageWriter, article: Article) -> str:
        if not article.source:
            return ""
        return f'<font size="2"><i>{page.cut("source", f"Source: {article.source}")}</i></font><br>'

    def _other_stories(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        titles = {other.title: self.article_path(other) for other in others(outlet, article, 4)}
        return page.links("related", titles, "&#149; {}<br><br>")

    def _bottom(self, page: PageWriter, outlet: Outlet) -> str:
        return f"""<table width="760" align="center"><tr><td align="center"><font face="Verdana" size="1">
<a href="/about.htm">{page.cut("navigation", "About this paper")}</a><br>
{page.cut("legal", outlet.words["copyright"])}</font></td></tr></table>
</body></html>
"""


# What the paper's own clock says, in winter.
_CLOCK = timezone(timedelta(hours=1), "CET")


def _run(page: PageWriter, run: list[Part]) -> str:
    part = run[0]
    match part.kind:
        case "heading":
            return f"<b>{page.keep(part.text)}</b>"
        case "quote":
            return f'<font color="#333333"><i>{page.keep(part.text)}</i></font>'
        case "item":
            return "<ul>" + "\n".join(f"<li>{page.keep(item.text)}" for item in run) + "</ul>"
        case "caption":
            return f"""<table border="0"><tr><td><img src="/pix/in.jpg" alt=""></td></tr><tr><td>
<font face="Verdana" size="1"><i>{page.cut("caption", _caption(part))}</i></font></td></tr></table>"""
        case _:
            return page.keep(part.text)


def _caption(part: Part) -> str:
    return f"{part.text} Photo: {part.credit}" if part.credit else part.text


def _trail(article: Article) -> str:
    return f"Home > {article.section}"


def _head(outlet: Outlet, title: str, theme: Theme) -> str:
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={outlet.charset}">
<title>{attribute(title)}</title>
<link rel="alternate" type="application/rss+xml" title="Headlines" href="{theme.feed_path}">
<script language="JavaScript"><!--
function popup(u){{window.open(u,'w','width=400,height=300');}}
//--></script>
</head>"""

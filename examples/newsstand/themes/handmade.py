"""A hand-made CMS: section|editor line, update line, picture captions, a source line, comment rules."""

from collections.abc import Sequence
from datetime import datetime

from examples.newsstand.page import PageWriter
from examples.newsstand.texts import Article, Outlet, Part
from examples.newsstand.themes.theme import Theme, attribute, others, runs_of, slug_of


class Handmade(Theme):
    """Flat divs with home-grown class names; dates as DD.MM.YYYY; the editor is the one who signs."""

    feed_path = "/rss.xml"
    sitemap_path = "/sitemap-news.xml"
    about_path = "/imprint.html"

    def article_path(self, article: Article) -> str:
        """Return section, slug and number."""
        return f"/{slug_of(article.section)}/{article.slug}-n{article.number}.html"

    def section_path(self, section: str) -> str:
        """Return a section's folder."""
        return f"/{slug_of(section)}/"

    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Write a news item's page."""
        title = attribute(article.title)
        return f"""{_head(outlet, f"{article.title} | {outlet.name}", self)}
<meta name="title" content="{title}">
<meta name="description" content="{attribute(article.standfirst or article.teaser)}">
{_author_tag(article)}
<meta name="datePublished" content="{article.published.isoformat()}">
<meta name="dateModified" content="{article.updated.isoformat()}">
<meta name="articleSection" content="news">
<meta property="og:title" content="{title}">
<link rel="canonical" href="{page.base}{self.article_path(article)}">
</head>
<body id="detail">
{self._top(page, outlet)}
<div class="wrap"><div class="leftcol">
<div class="newsdetail" id="news{article.number}">
  <h1 class="newsheadline">{page.cut("title", article.title)}</h1>
  <div class="newsline">{page.note("navigation|byline|dateline", f"{article.section} |")}<a class="cat"
    href="{self.section_path(article.section)}">{article.section}</a>&nbsp; |</div>
  {self._editor(page, article)}
  <div class="newsline dt">{page.cut("dateline", _dates(article))}</div>
  {self._standfirst(page, article)}
  {self._picture(page, article)}
  <div class="sharebox">{page.links("share", _SHARE, '<a class="sb">{}</a>')}</div>
  <div class="newstext" id="newstext">
{self._body(page, outlet, article)}
{self._source(page, article)}
  </div>
  <div class="keywords">{self._keywords(page, article)}</div>
  <div class="commentbox" id="comments"><div class="boxhead">{page.cut("comments", "Comments")}</div>
    <div class="nocomment">{page.cut("comments", _NO_COMMENT)}</div>
    <form method="post" action="/comment"><input name="n" placeholder="Name"><textarea name="t"></textarea>
    <a class="btn" href="#">{page.cut("comments", "Send comment")}</a></form>
    <div class="warn">{page.cut("comments|legal", outlet.words["comment_rules"])}</div></div>
</div>
<div class="othernews"><div class="boxhead">{page.cut("related", "Other news in this section")}</div>
{self._other_news(page, outlet, article)}</div>
</div>
<div class="rightcol"><div class="boxhead">{page.cut("related|navigation", "Most read")}</div>
<ol class="mostread">{self._most_read(page, outlet)}</ol></div></div>
{self._bottom(page, outlet)}"""

    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Write a list of boxes."""
        boxes = "\n".join(
            f'<div class="newsbox"><a href="{page.base}{self.article_path(article)}"><b>'
            f"{page.cut('navigation', article.title)}</b></a>"
            f"<span>{page.cut('navigation', article.teaser)}</span></div>"
            for article in articles
        )
        return f"""{_head(outlet, f"{heading} | {outlet.name}", self)}
</head>
<body id="index">
{self._top(page, outlet)}
<div class="wrap"><h1>{page.cut("navigation", heading)}</h1>{boxes}</div>
{self._bottom(page, outlet)}"""

    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Write a static page."""
        return f"""{_head(outlet, f"Imprint | {outlet.name}", self)}
</head>
<body id="static">
{self._top(page, outlet)}
<div class="wrap"><h1>{page.cut("navigation", "Imprint")}</h1>
<div>{page.cut("navigation", outlet.words["about"])}</div></div>
{self._bottom(page, outlet)}"""

    def _top(self, page: PageWriter, outlet: Outlet) -> str:
        menu = {section: self.section_path(section) for section in outlet.sections}
        return f"""<div id="top"><div class="logo"><a
  href="/">{page.cut("navigation|other", outlet.name)}</a></div>
<div class="slogan">{page.cut("navigation|promo|other", outlet.tagline)}</div>
<div class="rates">{page.cut("other|navigation", outlet.words["rates"])}</div>
<div class="menu">{page.links("navigation", menu, '<span class="m">{}</span>')}</div></div>"""

    def _editor(self, page: PageWriter, article: Article) -> str:
        if not article.author.name:
            return ""
        return f'<div class="newsline ed">{page.cut("byline", f"Editor : {article.author.name}")}</div>'

    def _standfirst(self, page: PageWriter, article: Article) -> str:
        if not article.standfirst:
            return ""
        return f'<h2 class="newsspot">{page.keep(article.standfirst)}</h2>'

    def _picture(self, page: PageWriter, article: Article) -> str:
        picture = (
            f'<div class="newsimg"><img src="/img/{article.number}.svg" alt="{attribute(article.title)}">'
        )
        if article.picture is None:
            return f"{picture}</div>"
        return f'{picture}<div class="imgtext">{page.cut("caption", _caption(article.picture))}</div></div>'

    def _body(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        written: list[str] = []
        for place, run in enumerate(runs_of(article.parts), 1):
            written.append(_run(page, run))
            if place == 4:
                other = others(outlet, article, 3)[-1]
                note = page.note("related", f"READ ALSO {other.title}")
                written.append(
                    f'<div class="readalso">{note}<b>READ ALSO</b> <a href="{self.article_path(other)}">'
                    f"{attribute(other.title)}</a></div>"
                )
        return "\n".join(written)

    def _source(self, page: PageWriter, article: Article) -> str:
        source = article.source or "Newsroom"
        return f'<p class="src">{page.cut("source", f"Source: {source}")}</p>'

    def _keywords(self, page: PageWriter, article: Article) -> str:
        tags = {f"#{tag}": f"/search?q={slug_of(tag)}" for tag in article.tags}
        return page.links("navigation|related", tags, "<span>{}</span>")

    def _other_news(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        titles = {other.title: page.base + self.article_path(other) for other in others(outlet, article, 3)}
        return page.links(
            "related", titles, '<div class="on"><img src="/img/t.svg" alt=""><span>{}</span></div>'
        )

    def _most_read(self, page: PageWriter, outlet: Outlet) -> str:
        titles = {other.title: self.article_path(other) for other in outlet.articles[:5]}
        return page.links("related|navigation", titles)

    def _bottom(self, page: PageWriter, outlet: Outlet) -> str:
        links = {"Imprint": "/imprint.html", "Archive": "/archive.html", "RSS": "/rss.xml"}
        return f"""<div id="bottom"><div class="fl">{page.links("navigation|legal", links, "{}")}</div>
<div class="fc">{page.cut("legal", outlet.words["copyright"])}</div></div>
</body></html>
"""


_SHARE = {"Facebook": "#fb", "Twitter": "#tw", "Telegram": "#tg", "Print": "#print"}
_NO_COMMENT = "There are no comments on this item yet. Be the first to comment."


def _author_tag(article: Article) -> str:
    name = article.author.name
    return f'<meta name="author" content="{attribute(name)}">' if name else ""


def _dates(article: Article) -> str:
    return f"{_stamp(article.published)} | Last update : {_stamp(article.updated)}"


def _stamp(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


def _run(page: PageWriter, run: list[Part]) -> str:
    part = run[0]
    match part.kind:
        case "heading":
            return f"<h3><strong>{page.keep(part.text)}</strong></h3>"
        case "quote":
            return f'<p class="q"><em>{page.keep(part.text)}</em></p>'
        case "item":
            return "<ul>" + "".join(f"<li>{page.keep(item.text)}</li>" for item in run) + "</ul>"
        case "caption":
            return f"""<div class="newsimg"><img src="/img/in.svg" alt="">
<div class="imgtext">{page.cut("caption", _caption(part))}</div></div>"""
        case _:
            return f"<p>{page.keep(part.text)}</p>"


def _caption(part: Part) -> str:
    return f"{part.text} - {part.credit}" if part.credit else part.text


def _head(outlet: Outlet, title: str, theme: Theme) -> str:
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta http-equiv="Content-Language" content="{outlet.language}">
<title>{attribute(title)}</title>
<link rel="alternate" type="application/rss+xml" title="RSS" href="{theme.feed_path}">"""

"""A magazine theme after tagDiv's: ad slots, share bar, "More like this", popular list, newsletter box."""

from collections.abc import Sequence

from examples.newsstand.page import PageWriter
from examples.newsstand.texts import Article, Outlet, Part
from examples.newsstand.themes.theme import Theme, attribute, others, runs_of, slug_of


class Magazine(Theme):
    """Block-builder markup: deep wrappers, classes in place of elements, an ad before and after the text."""

    feed_path = "/feed/"
    sitemap_path = "/sitemap-news.xml"
    about_path = "/about/"

    def article_path(self, article: Article) -> str:
        """Return the slug alone."""
        return f"/{article.slug}/"

    def section_path(self, section: str) -> str:
        """Return a category's path."""
        return f"/category/{slug_of(section)}/"

    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Write a single post."""
        url = page.base + self.article_path(article)
        stamp = article.published.isoformat()
        written = f"{article.published:%B} {article.published.day}, {article.published.year}"
        meta = f"""
<link rel="canonical" href="{url}" />
<meta property="og:type" content="article" />
<meta property="og:title" content="{attribute(article.title)}" />
<meta property="og:description" content="{attribute(article.teaser)}" />
<meta property="og:site_name" content="{attribute(outlet.name)}" />
<meta property="article:published_time" content="{stamp}" />
<meta property="article:section" content="{attribute(article.section)}" />"""
        return f"""{_head(outlet, f"{article.title} | {outlet.name}", self, meta)}
<body class="post-template-default single single-post td-standard-pack tdb-template td-full-layout">
{self._header(page, outlet)}
<div id="tdb-autoload-article" data-autoload="off"><div class="td-main-content-wrap td-container-wrap">
<div class="tdc-content-wrap"><article id="template-id-{article.number}" class="post type-post hentry"
 itemscope itemtype="https://schema.org/Article">
<div class="tdc-row"><div class="vc_row wpb_row td-pb-row"><div class="vc_column td-pb-span8"><div
  class="wpb_wrapper">
<div class="td_block_wrap tdb_single_categories"><div class="tdb-category td-fix-index">
  <a class="tdb-entry-category" href="{self.section_path(article.section)}">
    {page.cut("navigation", article.section)}</a></div></div>
<div class="td_block_wrap tdb_title tdb-single-title"><div class="tdb-block-inner td-fix-index">
  <h1 class="tdb-title-text">{page.cut("title", article.title)}</h1></div></div>
{self._byline(page, article)}
<div class="td_block_wrap tdb_single_date td-post-meta"><div class="tdb-block-inner">
  {page.note("dateline", f"Date: {written}")}<span class="td-post-date-label">Date:</span>
  <time class="entry-date updated td-module-date" datetime="{stamp}">{written}</time></div></div>
{self._picture(page, article)}
{_ad(page, "tdb_single_top")}
<div class="td_block_wrap tdb_single_content tdi_58 td-post-content tagdiv-type"><div class="tdb-block-inner">
{self._body(page, article)}
</div></div>
{_ad(page, "tdb_single_bottom")}
{self._tags(page, article)}
<div class="td_block_wrap tdb_single_post_share"><div class="td-post-sharing-classic">
  <div class="td-social-expand-tabs"><div
  class="td-social-sharing-text">{page.cut("share", "Share post:")}</div>
  <div class="td-social-but-wrap">
    {page.links("share", _SHARE, '<div class="td-social-but-text">{}</div>')}</div>
</div></div></div>
</div></div>
<div class="vc_column td-pb-span4 td-is-sticky"><div
  class="wpb_wrapper">{self._sidebar(page, outlet, article)}</div></div>
</div></div>
{self._related(page, outlet, article)}
</article></div></div></div>
{self._footer(page, outlet)}"""

    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Write a grid of modules."""
        modules = "\n".join(
            f'<div class="td_module_flex td-animation-stack"><div class="td-module-container">'
            f'<h3 class="entry-title td-module-title"><a href="{page.base}{self.article_path(article)}" '
            f'rel="bookmark">{page.cut("navigation", article.title)}</a></h3>'
            f'<div class="td-excerpt">{page.cut("navigation", article.teaser)}</div></div></div>'
            for article in articles
        )
        return f"""{_head(outlet, f"{heading} | {outlet.name}", self, "")}
<body class="home page-template-default td-standard-pack">
{self._header(page, outlet)}
<div class="td-main-content-wrap"><h4 class="td-block-title">{page.cut("navigation", heading)}</h4>
<div class="td_block_inner td-mc1-wrap">{modules}</div></div>
{self._footer(page, outlet)}"""

    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Write a static page."""
        return f"""{_head(outlet, f"About | {outlet.name}", self, "")}
<body class="page-template-default page td-standard-pack">
{self._header(page, outlet)}
<div class="td-page-content tagdiv-type"><h1>{page.cut("navigation", "About")}</h1>
<p>{page.cut("navigation", outlet.words["about"])}</p></div>
{self._footer(page, outlet)}"""

    def _header(self, page: PageWriter, outlet: Outlet) -> str:
        menu = {section: self.section_path(section) for section in outlet.sections}
        return f"""<div id="td-outer-wrap" class="td-theme-wrap"><div class="td-header-template-wrap">
<div class="tdb_header_logo"><a class="tdb-logo-a" href="/"><span class="tdb-logo-text-title">
  {page.cut("navigation|other", outlet.name)}</span>
  <span class="tdb-logo-text-tagline">{page.cut("navigation|promo|other", outlet.tagline)}</span></a></div>
<div class="tdb_header_menu"><ul id="menu-header" class="tdb-block-menu tdb-menu">
{page.links("navigation", menu, '<li class="menu-item"><div class="tdb-menu-item-text">{}</div></li>')}
</ul></div></div>"""

    def _byline(self, page: PageWriter, article: Article) -> str:
        name = article.author.name
        if not name:
            return ""
        return f"""<div class="td_block_wrap tdb_single_author"><div class="tdb-author-name-wrap">
  {page.note("byline", f"By {name}")}<span class="tdb-author-by">By</span>
  <a class="tdb-author-name" href="/author/{slug_of(name)}/">{name}</a></div></div>"""

    def _picture(self, page: PageWriter, article: Article) -> str:
        if article.picture is None:
            return ""
        return f"""<div class="td_block_wrap tdb_single_featured_image"><figure>
  <img class="entry-thumb" src="/images/{article.slug}.svg" alt="" width="696" height="464" />
  <figcaption class="tdb-caption-text">{page.cut("caption", _caption(article.picture))}</figcaption>
</figure></div>"""

    def _body(self, page: PageWriter, article: Article) -> str:
        written: list[str] = []
        for place, run in enumerate(runs_of(article.parts), 1):
            written.append(_run(page, run))
            if place == 3:
                written.append(_ad(page, "content_inline"))
        return "\n".join(written)

    def _tags(self, page: PageWriter, article: Article) -> str:
        if not article.tags:
            return ""
        tags = {tag: f"/tag/{slug_of(tag)}/" for tag in article.tags}
        return f"""<div class="td_block_wrap tdb_single_tags"><ul class="tdb-tags">
<li><span>{page.cut("navigation|related", "Tags")}</span></li>
{page.links("navigation|related", tags)}</ul></div>"""

    def _sidebar(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        popular = "\n".join(
            f'<div class="td_module_wrap td-cpt-post"><h3 class="entry-title td-module-title">'
            f'<a href="{page.base}{self.article_path(other)}" rel="bookmark">'
            f"{page.cut('related', other.title)}</a></h3></div>"
            for other in others(outlet, article, 5)[2:]
        )
        return f"""<div class="td_block_wrap tds_newsletter"><div class="tds-newsletter-wrap">
  <h4 class="td-block-title">{page.cut("newsletter", "Subscribe")}</h4>
  <p class="tds-newsletter-text">{page.cut("newsletter", outlet.words["newsletter"])}</p>
  <form action="/subscribe" method="post"><input type="email" name="email" placeholder="Your email address" />
  <button type="submit">{page.cut("newsletter", "I want in")}</button>
  <label><input type="checkbox" name="terms"
  /> {page.cut("newsletter|legal", _TERMS)}</label></form></div></div>
<div class="td_block_wrap td_flex_block_1"><h4
  class="td-block-title"><span>{page.cut("related", "Popular")}</span></h4>
<div class="td_block_inner">{popular}</div></div>"""

    def _related(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        heading = page.cut("related", "More like this")
        second = page.cut("related", "Related")
        shown = [(title, teaser, "/?p=1") for title, teaser in article.related] or [
            (other.title, other.teaser, self.article_path(other)) for other in others(outlet, article, 3)
        ]
        modules = "\n".join(
            f"""<div class="tdb_module_related td_module_wrap"><div class="td-module-container">
  <h3 class="entry-title td-module-title"><a href="{page.base}{path}" rel="bookmark">
    {page.cut("related", title)}</a></h3>
  <div class="td-excerpt">{page.cut("related", teaser)}</div></div></div>"""
            for title, teaser, path in shown
        )
        return f"""<div class="td_block_wrap tdb_single_related"><div class="td-block-title-wrap">
<h4 class="td-block-title">{heading}<br>{second}</h4></div>
<div class="td_block_inner tdb-block-inner">{modules}</div></div>"""

    def _footer(self, page: PageWriter, outlet: Outlet) -> str:
        links = {"About": "/about/", "Advertise": "/advertise/", "Contact us": "/contact/"}
        return f"""<div class="td-footer-template-wrap"><div class="tdm-descr td-footer-about">
{page.cut("legal|promo|navigation|other", outlet.words["about"])}</div>
<ul class="td-footer-menu">{page.links("navigation", links)}</ul>
<div class="td-sub-footer-copy">{page.cut("legal", outlet.words["copyright"])}</div></div></div></body></html>
"""


_SHARE = {
    "Facebook": "https://facebook.example/sharer",
    "Twitter": "https://twitter.example/intent",
    "Pinterest": "https://pinterest.example/pin",
    "WhatsApp": "https://whatsapp.example/send",
}
_TERMS = "I have read and accept the Privacy Policy."


def _ad(page: PageWriter, slot: str) -> str:
    return f"""<div class="td_block_wrap td_block_ad_box {slot}"><div class="td-a-rec td-a-rec-id-{slot}">
<span class="td-adspot-title">{page.cut("ad", "- Advertisement -")}</span>
<div class="td-visible-desktop"><ins class="adsbygoogle" data-ad-slot="7731"></ins></div></div></div>"""


def _run(page: PageWriter, run: list[Part]) -> str:
    part = run[0]
    match part.kind:
        case "heading":
            return f"<h2>{page.keep(part.text)}</h2>"
        case "quote":
            return f"<blockquote><p>{page.keep(part.text)}</p></blockquote>"
        case "item":
            return "<ul>" + "\n".join(f"<li>{page.keep(item.text)}</li>" for item in run) + "</ul>"
        case "caption":
            return f"""<div id="attachment_{len(part.text)}" class="wp-caption alignnone">
<img class="size-full" src="/images/inline.svg" alt="" />
<p class="wp-caption-text">{page.cut("caption", _caption(part))}</p></div>"""
        case _:
            return f"<p>{page.keep(part.text)}</p>"


def _caption(part: Part) -> str:
    return f"{part.text} Image: {part.credit}" if part.credit else part.text


def _head(outlet: Outlet, title: str, theme: Theme, meta: str) -> str:
    return f"""<!doctype html >
<html lang="{outlet.language}-US">
<head>
<meta charset="UTF-8" />
<title>{attribute(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1.0">{meta}
<link rel="alternate" type="application/rss+xml" title="{attribute(outlet.name)} Feed"
  href="{theme.feed_path}" />
<script type="text/javascript">var td_is_safari=false;var tdBlocksArray=[];</script>
<style>.td-main-content-wrap{{padding-bottom:40px}}.tdi_58 p{{font-size:17px}}</style>
</head>"""

"""A WordPress blog theme: date bar, author box, related posts, share buttons, comment form."""

from collections.abc import Sequence

from examples.newsstand.page import PageWriter
from examples.newsstand.texts import Article, Author, Outlet, Part
from examples.newsstand.themes.theme import Theme, attribute, others, runs_of, slug_of


class WordPress(Theme):
    """Permalinks with the date; byline and date in the entry's header, Yoast-like meta tags."""

    feed_path = "/feed/"
    sitemap_path = "/news-sitemap.xml"
    about_path = "/about-us/"

    def article_path(self, article: Article) -> str:
        """Return a permalink such as /2025/03/11/the-slug/."""
        return f"/{article.published:%Y/%m/%d}/{article.slug}/"

    def section_path(self, section: str) -> str:
        """Return a category's path."""
        return f"/category/{slug_of(section)}/"

    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Write a single post."""
        url = page.base + self.article_path(article)
        author = article.author
        written = f"{article.published:%b} {article.published.day}, {article.published.year}"
        archive = f"{article.published:/%Y/%m/}"
        meta = f"""
<meta name="description" content="{attribute(article.teaser)}" />
<link rel="canonical" href="{url}" />
<meta property="og:type" content="article" />
<meta property="og:title" content="{attribute(article.title)} - {attribute(outlet.name)}" />
<meta property="og:url" content="{url}" />
<meta property="og:site_name" content="{attribute(outlet.name)}" />
<meta property="og:image" content="{page.base}/wp-content/uploads/{article.slug}.svg" />
<meta property="article:published_time" content="{article.published.isoformat()}" />
<meta property="article:modified_time" content="{article.updated.isoformat()}" />
{_author_tags(author.name)}"""
        return f"""{_head(outlet, f"{article.title} - {outlet.name}", self, meta)}
<body class="single single-post postid-{article.number} single-format-standard wp-embed-responsive">
{self._header(page, outlet)}
<main id="content" class="single-class content">
<div class="container-fluid"><div class="row"><div class="col-lg-9 col-md-8">
<article id="post-{article.number}" class="mg-blog-post-box post type-post status-publish hentry">
  <div class="mg-header">
    <div class="mg-blog-category">
      <a class="newsup-categories" href="{self.section_path(article.section)}">
        {page.cut("navigation", article.section)}</a></div>
    <h1 class="title single entry-title"><a href="{url}" title="Permalink">
      {page.cut("title", article.title)}</a></h1>
    <div class="media mg-info-author-block">
      {self._byline(page, author)}
      <div class="media-body">
        <span class="mg-blog-date"><i class="fas fa-clock"></i>
          <a href="{archive}">{page.cut("dateline", written)}</a></span>
      </div></div></div>
  {self._picture(page, article)}
  <div class="mg-blog-post-box-content entry-content">
    {self._body(page, outlet, article)}
    <script>function pinIt(){{var e=document.createElement('script');e.src='/pin.js';}}</script>
    <div class="post-share"><h3 class="share-title">{page.cut("share", "Share this:")}</h3>
      <div class="post-share-icons cf">
      {page.links("share", _SHARE, '<span class="share-btn">{}</span>')}</div></div>
    <div class="clearfix mb-3"></div>
    <nav class="navigation post-navigation" aria-label="Posts">
      <h2 class="screen-reader-text">{page.cut("navigation", "Post navigation")}</h2>
      <div class="nav-links">{self._neighbours(page, outlet, article)}</div></nav>
  </div>
</article>
{self._author_box(page, author)}
<div class="mg-featured-slider p-3 mb-4 related-posts">
  <div class="mg-sec-title"><h4>{page.cut("related", "Related Post")}</h4></div>
  <div class="row">{self._related(page, outlet, article)}</div></div>
<div id="comments" class="comments-area mg-card-box padding-20 mb-md-0">
  <div id="respond" class="comment-respond">
    <h3 id="reply-title" class="comment-reply-title">{page.cut("comments", "Leave a Reply")}
      <small><a rel="nofollow" id="cancel-comment-reply-link" href="#respond"
        style="display:none;">Cancel reply</a></small></h3>
    <form action="{page.base}/wp-comments-post.php" method="post" id="commentform" class="comment-form">
      <p class="comment-notes"><span id="email-notes">{page.cut("comments", _EMAIL_NOTE)}</span>
        <span class="required-field-message">{page.cut("comments", "Required fields are marked *")}</span></p>
      <p class="comment-form-comment"><label for="comment">{page.cut("comments", "Comment *")}</label>
        <textarea id="comment" name="comment" cols="45" rows="8" required></textarea></p>
      <p class="comment-form-author"><label for="author">{page.cut("comments", "Name *")}</label>
        <input id="author" name="author" type="text" value="" size="30" required /></p>
      <p class="comment-form-cookies-consent"><input id="consent" name="consent" type="checkbox"
  value="yes" />
        <label for="consent">{page.cut("comments", _CONSENT)}</label></p>
      <p class="form-submit"><input name="submit" type="submit" id="submit" value="Post Comment" /></p>
    </form></div></div>
</div>
{self._sidebar(page, outlet)}
</div></div></main>
{self._footer(page, outlet)}"""

    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Write a blog roll."""
        posts = "\n".join(
            f'<article class="mg-posts-sec-post"><div class="mg-sec-top-post py-3 col">'
            f'<h4 class="entry-title title"><a href="{page.base}{self.article_path(article)}">'
            f"{page.cut('navigation', article.title)}</a></h4>"
            f'<div class="mg-content"><p>{page.cut("navigation", article.teaser)}</p></div></div></article>'
            for article in articles
        )
        return f"""{_head(outlet, f"{heading} - {outlet.name}", self, "")}
<body class="home blog hfeed">
{self._header(page, outlet)}
<main id="content"><h1 class="page-title">{page.cut("navigation", heading)}</h1>
<div class="mg-posts-sec-inner">{posts}</div></main>
{self._footer(page, outlet)}"""

    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Write a static page."""
        return f"""{_head(outlet, f"About us - {outlet.name}", self, "")}
<body class="page-template-default page page-id-2">
{self._header(page, outlet)}
<main id="content"><h1 class="entry-title">{page.cut("navigation", "About us")}</h1>
<div class="entry-content"><p>{page.cut("navigation", outlet.words["about"])}</p></div></main>
{self._footer(page, outlet)}"""

    def _header(self, page: PageWriter, outlet: Outlet) -> str:
        menu = {"Home": "/"} | {section: self.section_path(section) for section in outlet.sections}
        return f"""<div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">{page.cut("navigation", "Skip to content")}</a>
<header class="mg-headwidget">
  <div class="mg-head-detail d-none d-md-block"><ul class="info-left">
    <li>&bull; {page.cut("dateline|navigation|other", outlet.words["today"])}</li></ul></div>
  <div class="site-branding-text">
    <p class="site-title"><a href="/" rel="home">{page.cut("navigation|other", outlet.name)}</a></p>
    <p class="site-description">{page.cut("navigation|other|promo", outlet.tagline)}</p></div>
  <nav class="navbar navbar-expand-lg navbar-wp"><ul id="menu-main" class="nav navbar-nav">
{page.links("navigation", menu, '<li class="menu-item nav-item">{}</li>')}</ul></nav></header>"""

    def _byline(self, page: PageWriter, author: Author) -> str:
        if not author.name:
            return ""
        path = f"/author/{slug_of(author.name)}/"
        return f"""<a class="mg-author-pic" href="{path}"><img alt="" src="/avatar.svg"
        class="avatar avatar-150 photo" height="150" width="150" /></a>
        <h4 class="media-heading">{page.note("byline", f"By{author.name}")}<span>By</span><a
          href="{path}">{author.name}</a></h4>"""

    def _author_box(self, page: PageWriter, author: Author) -> str:
        if not author.name:
            return ""
        return f"""<div class="media mg-info-author-block mg-author-box">
  <a class="mg-author-pic" href="/author/{slug_of(author.name)}/"><img alt="" src="/avatar.svg" /></a>
  <div class="media-body">
    <h4 class="media-heading">{page.cut("bio|byline", f"By {author.name}")}</h4>
    <p>{page.cut("bio", author.bio)}</p></div></div>"""

    def _picture(self, page: PageWriter, article: Article) -> str:
        if article.picture is None:
            return ""
        return f"""<div class="post-thumb"><img width="1024" height="683" alt=""
  src="/wp-content/uploads/{article.slug}.svg" class="img-fluid wp-post-image" />
  <span class="featured-image-caption">{page.cut("caption", _caption(article.picture))}</span></div>"""

    def _body(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        written: list[str] = []
        paragraphs = 0
        for run in runs_of(article.parts):
            written.append(_run(page, run))
            paragraphs += run[0].kind == "paragraph"
            if run[0].kind == "paragraph" and paragraphs == 2:
                also = others(outlet, article, 2)[-1]
                written.append(
                    f"{page.note('related', f'Also read: {also.title}')}<p><strong>Also read: "
                    f'<a href="{self.article_path(also)}">{attribute(also.title)}</a></strong></p>'
                )
        return "\n".join(written)

    def _neighbours(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        near = others(outlet, article, 2)
        return "".join(
            f'<div class="nav-{way}"><a href="{self.article_path(other)}" rel="{rel}">'
            f"{page.cut('navigation|related', other.title)}</a></div>"
            for way, rel, other in zip(("previous", "next"), ("prev", "next"), near, strict=True)
        )

    def _related(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        return "\n".join(
            f"""<div class="col-md-4"><div class="mg-blog-post-3 minh back-img"><div class="mg-blog-inner">
  <h4 class="title"><a href="{page.base}{self.article_path(other)}">
    {page.cut("related", other.title)}</a></h4>
  <div class="mg-blog-meta"><span class="mg-blog-date">
    {page.cut("related|dateline", f"{other.published:%b} {other.published.day}, {other.published.year}")}
  </span></div></div></div></div>"""
            for other in others(outlet, article, 3)
        )

    def _sidebar(self, page: PageWriter, outlet: Outlet) -> str:
        recent = {article.title: self.article_path(article) for article in outlet.articles[:4]}
        return f"""<aside class="col-lg-3 col-md-4"><div id="sidebar-right" class="mg-sidebar">
<div id="search-2" class="mg-widget widget_search"><form role="search" method="get" action="/">
  <input type="search" class="form-control" placeholder="Search" value="" name="s" /></form></div>
<div id="block-3" class="mg-widget widget_block"><h2 class="wp-block-heading">
  {page.cut("related|navigation", "Recent Posts")}</h2>
<ul class="wp-block-latest-posts__list wp-block-latest-posts">
{page.links("related|navigation", recent)}</ul></div></div></aside>"""

    def _footer(self, page: PageWriter, outlet: Outlet) -> str:
        links = {"About us": "/about-us/", "Privacy Policy": "/privacy/"}
        return f"""<footer class="footer"><div class="mg-footer-bottom-area">
<ul class="footer-menu">{page.links("navigation|legal", links)}</ul>
<div class="mg-footer-copyright"><p>{page.cut("legal", outlet.words["copyright"])}</p></div></div></footer>
</div></body></html>
"""


_SHARE = {
    "Facebook": "https://facebook.example/sharer",
    "X": "https://x.example/intent",
    "WhatsApp": "https://whatsapp.example/send",
}
_EMAIL_NOTE = "Your email address will not be published."
_CONSENT = "Save my name, email, and website in this browser for the next time I comment."


def _author_tags(name: str) -> str:
    if not name:
        return ""
    return f"""<meta name="author" content="{attribute(name)}" />
<meta name="twitter:label1" content="Written by" />
<meta name="twitter:data1" content="{attribute(name)}" />"""


def _run(page: PageWriter, run: list[Part]) -> str:
    part = run[0]
    match part.kind:
        case "heading":
            return f'<h3 class="wp-block-heading">{page.keep(part.text)}</h3>'
        case "quote":
            return f'<blockquote class="wp-block-quote"><p>{page.keep(part.text)}</p></blockquote>'
        case "item":
            items = "".join(f"<li>{page.keep(item.text)}</li>" for item in run)
            return f'<ul class="wp-block-list">{items}</ul>'
        case "caption":
            return f"""<figure class="wp-block-image size-large"><img src="/wp-content/uploads/in.svg"
  alt="" />
<figcaption class="wp-element-caption">{page.cut("caption", _caption(part))}</figcaption></figure>"""
        case _:
            return f"<p>{page.keep(part.text)}</p>"


def _caption(part: Part) -> str:
    return f"{part.text} (Photo: {part.credit})" if part.credit else part.text


def _head(outlet: Outlet, title: str, theme: Theme, meta: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}-GB" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{attribute(title)}</title>
<link rel="profile" href="https://gmpg.org/xfn/11">
<meta name="robots" content="index, follow, max-image-preview:large" />{meta}
<link rel="alternate" type="application/rss+xml" title="{attribute(outlet.name)} &raquo; Feed"
  href="{theme.feed_path}" />
<style id="wp-emoji-styles-inline-css">img.wp-smiley{{display:inline !important;border:none;}}</style>
<meta name="generator" content="WordPress 6.7.2" />
</head>"""

"""A publisher of today: JSON-LD, semantic elements, standfirst, cookie notice, paywall teaser."""

import json
from collections.abc import Sequence
from datetime import UTC

from examples.newsstand.page import PageWriter
from examples.newsstand.texts import Article, Outlet, Part
from examples.newsstand.themes.theme import Theme, attribute, others, runs_of, slug_of

# What a reader without a subscription gets of a paywalled article.
_FREE_RUNS = 3


class Modern(Theme):
    """Component class names with hashes, linked data in the head, one `<article>` in one `<main>`."""

    feed_path = "/feeds/all.atom"
    sitemap_path = "/sitemaps/news.xml"
    about_path = "/about"

    def article_path(self, article: Article) -> str:
        """Return section and slug with a short id."""
        return f"/{slug_of(article.section)}/{article.slug}-{article.number:06x}"

    def section_path(self, section: str) -> str:
        """Return a section's path."""
        return f"/{slug_of(section)}"

    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Write an article's page."""
        in_london = article.published.astimezone(UTC)  # the paper's clock, in winter
        clock = f"{in_london.hour}.{in_london:%M}"
        when = f"{in_london.day} {in_london:%B %Y}, {clock} GMT"
        return f"""{_head(outlet, article.title, self, self._linked_data(page, outlet, article))}
<body>
{self._header(page, outlet)}
<main id="main" class="Layout_main__x2Kq1">
<article class="Article_root__9aQhT" data-article-id="{article.number:06x}">
<header class="ArticleHeader_root__b71Cz">
  <nav aria-label="Breadcrumb"><ol><li><a href="{self.section_path(article.section)}">
    {page.cut("navigation", article.section)}</a></li></ol></nav>
  <h1 class="ArticleHeader_headline__pQ1s">{page.cut("title", article.title)}</h1>
  {self._standfirst(page, article)}
  <div class="Meta_root__77dds">{self._byline(page, article)}
    <time dateTime="{article.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}">
      {page.cut("dateline", when)}</time>
    <span class="Meta_readtime__uu2">
      {page.cut("dateline|other", f"{_minutes(article)} min read")}</span></div>
  <div class="ShareBar_root__11zA" role="group" aria-label="Share">
    <button type="button">{page.cut("share", "Share")}</button>
    <button type="button">{page.cut("share", "Save")}</button>
    <button type="button">{page.cut("share", "Copy link")}</button></div>
</header>
{self._picture(page, article)}
<div class="ArticleBody_root__c8c1P" data-component="text-block">
{self._body(page, outlet, article)}
</div>
{self._topics(page, article)}
</article>
<aside class="Rail_root__z0z9" aria-label="More stories">
  <h2>{page.cut("related", "More from this section")}</h2>
  <ul class="Rail_list__Ee4">{self._rail(page, outlet, article)}</ul></aside>
</main>
{self._footer(page, outlet)}"""

    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Write a grid of cards."""
        cards = "\n".join(
            f'<li class="Card_root__1k"><article><h3><a href="{self.article_path(article)}">'
            f"{page.cut('navigation', article.title)}</a></h3>"
            f"<p>{page.cut('navigation', article.standfirst or article.teaser)}</p></article></li>"
            for article in articles
        )
        return f"""{_head(outlet, heading, self, "")}
<body>
{self._header(page, outlet)}
<main id="main"><h1>{page.cut("navigation", heading)}</h1><ul class="Grid_root__aa2">{cards}</ul></main>
{self._footer(page, outlet)}"""

    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Write a static page."""
        return f"""{_head(outlet, "About us", self, "")}
<body>
{self._header(page, outlet)}
<main id="main"><h1>{page.cut("navigation", "About us")}</h1>
<p>{page.cut("navigation", outlet.words["about"])}</p></main>
{self._footer(page, outlet)}"""

    def _standfirst(self, page: PageWriter, article: Article) -> str:
        if not article.standfirst:
            return ""
        text = page.keep(article.standfirst)
        return f'<p class="ArticleHeader_standfirst__Lk33" data-testid="standfirst">{text}</p>'

    def _byline(self, page: PageWriter, article: Article) -> str:
        author = article.author
        if not author.name:
            return ""
        return f"""<address class="Meta_byline__0Mmd">
    <a rel="author" href="/by/{slug_of(author.name)}">{page.cut("byline", author.name)}</a>
    <span class="Meta_role__ss9">{page.cut("byline|bio", author.role)}</span></address>"""

    def _linked_data(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        url = page.base + self.article_path(article)
        data = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "@id": f"{page.base}/#website", "name": outlet.name, "url": page.base},
                {
                    "@type": "NewsArticle",
                    "mainEntityOfPage": {"@type": "WebPage", "@id": url},
                    "headline": article.title,
                    "description": article.standfirst or article.teaser,
                    "datePublished": article.published.isoformat(),
                    "dateModified": article.updated.isoformat(),
                    "author": [{"@type": "Person", "name": name} for name in article.authors],
                    "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
                    "image": [f"{page.base}/media/{article.slug}.svg"],
                    "articleSection": article.section,
                    "keywords": list(article.tags),
                    "inLanguage": outlet.language,
                    "isAccessibleForFree": not article.paywalled,
                },
            ],
        }
        linked_data = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        return f"""<link rel="canonical" href="{url}">
<meta property="og:type" content="article">
<meta property="og:title" content="{attribute(article.title)}">
<meta name="description" content="{attribute(article.standfirst or article.teaser)}">
<script type="application/ld+json">{linked_data}</script>"""

    def _header(self, page: PageWriter, outlet: Outlet) -> str:
        menu = {section: self.section_path(section) for section in outlet.sections}
        return f"""<a class="SkipLink" href="#main">{page.cut("navigation", "Skip to main content")}</a>
<div id="consent" class="CookieBanner_root__q1" role="dialog" aria-label="Cookies">
  <p>{page.cut("legal", outlet.words["cookies"])}</p>
  <button>{page.cut("legal", "Accept all")}</button>
  <button>{page.cut("legal", "Manage choices")}</button></div>
<header class="SiteHeader_root__Z1"><a href="/"
  aria-label="Home">{page.cut("navigation|other", outlet.name)}</a>
  <nav aria-label="Main"><ul>{page.links("navigation", menu)}</ul></nav>
  <a class="SiteHeader_cta__k" href="/subscribe">{page.cut("navigation|paywall|promo", "Subscribe")}</a>
  <a href="/login">{page.cut("navigation", "Sign in")}</a></header>"""

    def _picture(self, page: PageWriter, article: Article) -> str:
        if article.picture is None:
            return ""
        return f"""<figure class="Figure_root__t5"><picture><source srcset="/media/{article.slug}.svg" />
<img src="/media/{article.slug}.svg" alt="" loading="eager"
  /></picture>{_figcaption(page, article.picture)}</figure>"""

    def _body(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        written: list[str] = []
        for place, run in enumerate(runs_of(article.parts), 1):
            if article.paywalled and place > _FREE_RUNS:
                written.append(self._paywall(page, outlet))
                break
            written.append(_run(page, run))
            if place == 3 and not article.paywalled:
                written.append(self._newsletter(page, outlet))
            if place == 5:
                written.append(self._read_more(page, outlet, article))
        if not article.paywalled:
            written.append(self._promo(page, outlet))
        return "\n".join(written)

    def _newsletter(self, page: PageWriter, outlet: Outlet) -> str:
        return f"""<aside class="NewsletterSignup_root__8s" data-component="newsletter">
<h2>{page.cut("newsletter", outlet.words["newsletter_name"])}</h2>
<p>{page.cut("newsletter", outlet.words["newsletter"])}</p>
<form><input type="email" aria-label="Email"
  /><button>{page.cut("newsletter", "Sign up")}</button></form></aside>"""

    def _read_more(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        titles = {other.title: self.article_path(other) for other in others(outlet, article, 5)[-2:]}
        return f"""<aside class="InlineLinks_root__oo" data-component="related-links">
<h3>{page.cut("related", "Read more")}</h3><ul>{page.links("related", titles)}</ul></aside>"""

    def _promo(self, page: PageWriter, outlet: Outlet) -> str:
        return (
            f"""<p class="Promo_root__w2"><strong>{page.cut("promo", outlet.words["promo"])}</strong></p>"""
        )

    def _paywall(self, page: PageWriter, outlet: Outlet) -> str:
        return f"""<div class="Paywall_gate__n3" data-testid="paywall">
<h2>{page.cut("paywall", "This article is for subscribers")}</h2>
<p>{page.cut("paywall", outlet.words["offer"])}</p>
<a class="Button" href="/subscribe">{page.cut("paywall", "Subscribe to keep reading")}</a>
<p>{page.note("paywall", "Already a subscriber? Sign in")}Already a subscriber? <a
  href="/login">Sign in</a></p></div>"""

    def _topics(self, page: PageWriter, article: Article) -> str:
        topics = {tag: f"/topic/{slug_of(tag)}" for tag in article.tags}
        return f"""<footer class="Topics_root__e3"><ul aria-label="Topics">
{page.links("navigation|related", topics)}</ul></footer>"""

    def _rail(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        return page.links("related", {o.title: self.article_path(o) for o in others(outlet, article, 3)})

    def _footer(self, page: PageWriter, outlet: Outlet) -> str:
        links = {
            "About us": "/about",
            "Terms": "/terms",
            "Privacy": "/privacy",
            "Corrections": "/corrections",
        }
        return f"""<footer class="SiteFooter_root__H2"><ul>{page.links("navigation|legal", links)}</ul>
<small>{page.cut("legal", outlet.words["copyright"])}</small></footer>
</body></html>
"""


def _figcaption(page: PageWriter, part: Part) -> str:
    note = page.note("caption", f"{part.text} {part.credit}".strip())
    credit = f' <span class="Figure_credit__p">{attribute(part.credit)}</span>' if part.credit else ""
    return f'<figcaption class="Figure_caption__p0">{note}{attribute(part.text)}{credit}</figcaption>'


def _run(page: PageWriter, run: list[Part]) -> str:
    part = run[0]
    match part.kind:
        case "heading":
            return f'<h2 class="Subheading_root__i">{page.keep(part.text)}</h2>'
        case "quote":
            return f'<blockquote class="Quote_root__d"><p>{page.keep(part.text)}</p></blockquote>'
        case "item":
            return "<ul>" + "".join(f"<li>{page.keep(item.text)}</li>" for item in run) + "</ul>"
        case "caption":
            return f'<figure class="Figure_root__t5"><img src="/in.svg" />{_figcaption(page, part)}</figure>'
        case _:
            return f'<p class="Paragraph_root__5">{page.keep(part.text)}</p>'


def _minutes(article: Article) -> int:
    return max(1, round(sum(len(part.text.split()) for part in article.parts) / 200))


def _head(outlet: Outlet, title: str, theme: Theme, meta: str) -> str:
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
<meta charset="utf-8">
<title>{attribute(title)} | {attribute(outlet.name)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
{meta}
<link rel="alternate" type="application/atom+xml" title="{attribute(outlet.name)}" href="{theme.feed_path}">
<script>window.__STATE__={{"flags":{{"consent":true}},"build":"4f2a"}}</script>
</head>"""

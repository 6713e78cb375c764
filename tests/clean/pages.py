"""Small pages of our own making that several tests clean."""

PARAGRAPHS = (
    "The harbour council voted on Tuesday to close the old ferry pier until the spring, after engineers "
    "found cracks in three of its pillars.",
    "“We have no choice,” said Ada Berg, who chairs the council. The pier carries about 400 people a day "
    "to the islands, and most of them have no other way to work.",
    "A temporary landing will be built beside the fish market. The council expects it to cost 1.2 million "
    "crowns and to be ready within six weeks.",
)

STORY = f"""<!DOCTYPE html><html lang="en"><head>
<title>Old ferry pier closed until spring | Harbour Post</title>
<meta property="og:title" content="Old ferry pier closed until spring"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><article><h1>Old ferry pier closed until spring</h1>
<p class="byline">By Jonas Lind</p><p class="date">March 4, 2025</p>
<figure><img src="p.jpg"><figcaption>The pier on Monday.</figcaption></figure>
<p>{PARAGRAPHS[0]}</p>
<div class="ad-slot">- Advertisement -</div>
<p>{PARAGRAPHS[1]}</p>
<h2>A landing by the market</h2>
<p>{PARAGRAPHS[2]}</p>
<p>Source: Newsroom</p>
<div class="share-bar">Share this: <a href="#">Facebook</a> <a href="#">Email</a></div>
</article>
<section class="related-posts"><h3>More like this</h3><ul>
<li><a href="/a">Fish market to get a new roof</a></li>
<li><a href="/b">Islanders ask for a night ferry</a></li></ul></section>
<section id="comments"><h3>Leave a Reply</h3><form>
<p>Your email address will not be published.</p></form></section>
</main><footer><p>© 2025 Harbour Post. All rights reserved.</p></footer></body></html>"""

"""Views for people who only know SQL. They hold no data; migrations create them.

Each is written once in SQL that SQLite and Postgres both take. The migrations hold the same texts, frozen; a
test compares each view with the newest of them. To change a view: change it here and write a migration that
drops and creates it.
"""

LATEST_STORIES = """
SELECT
    s.id AS story_id,
    s.title,
    s.first_published_at,
    s.last_published_at,
    s.article_count,
    s.site_count,
    a.id AS canonical_article_id,
    a.site AS canonical_site,
    a.url AS canonical_url,
    a.language,
    s.source_count
FROM stories AS s
LEFT JOIN articles AS a ON a.id = s.canonical_article_id
WHERE s.merged_into_id IS NULL
ORDER BY s.last_published_at DESC, s.id DESC
"""

STORY_ARTICLES = """
SELECT
    a.story_id,
    s.title AS story_title,
    a.id AS article_id,
    CASE WHEN a.id = s.canonical_article_id THEN 1 ELSE 0 END AS is_canonical,
    a.relation,
    a.copy_of_id,
    a.match_kind,
    a.match_score,
    a.match_article_id,
    a.site,
    a.url,
    a.title,
    a.language,
    a.published_at,
    a.first_seen_at,
    a.word_count,
    a.agency,
    a.source
FROM articles AS a
JOIN stories AS s ON s.id = a.story_id
"""

STORY_TIMELINE = """
SELECT
    a.story_id,
    ROW_NUMBER() OVER (
        PARTITION BY a.story_id ORDER BY COALESCE(a.published_at, a.first_seen_at), a.id
    ) AS place,
    COALESCE(a.published_at, a.first_seen_at) AS told_at,
    a.site,
    a.relation,
    c.site AS copied_from_site,
    a.title,
    a.url,
    a.id AS article_id,
    a.agency,
    a.source
FROM articles AS a
LEFT JOIN articles AS c ON c.id = a.copy_of_id
WHERE a.story_id IS NOT NULL
"""

STORY_SOURCES = """
SELECT
    a.story_id,
    a.source,
    MAX(CASE WHEN a.agency IS NOT NULL THEN 1 ELSE 0 END) AS is_agency,
    COUNT(*) AS article_count,
    COUNT(DISTINCT a.site) AS site_count,
    MIN(COALESCE(a.published_at, a.first_seen_at)) AS first_told_at,
    MAX(COALESCE(a.published_at, a.first_seen_at)) AS last_told_at
FROM articles AS a
WHERE a.story_id IS NOT NULL
GROUP BY a.story_id, a.source
"""

REMOVED_BY_SITE = """
SELECT
    a.site,
    r.kind,
    r.rule,
    COUNT(*) AS block_count,
    COUNT(DISTINCT r.article_id) AS article_count,
    SUM(LENGTH(r.text)) AS character_count
FROM removed_blocks AS r
JOIN articles AS a ON a.id = r.article_id
GROUP BY a.site, r.kind, r.rule
"""

VIEWS = {
    "latest_stories": LATEST_STORIES,
    "story_articles": STORY_ARTICLES,
    "story_timeline": STORY_TIMELINE,
    "story_sources": STORY_SOURCES,
    "removed_by_site": REMOVED_BY_SITE,
}
"""Name -> query."""

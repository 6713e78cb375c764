import re
from dataclasses import replace
from pathlib import Path

import pytest

from command_run import MATCH, TELLINGS, Scrapy, Telling, write_lines


def test_the_list_has_the_newest_first(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("stories", database=loaded_url)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "story  latest (UTC)      articles  sites  title                    told by",
        "    2  2026-11-21 21:00         1      1  Zabrze lose by one goal  post.example",
        "    1  2026-11-20 20:30         2      2  Flood near Łódź          mail.example, post.example",
    ]


def test_the_list_can_be_narrowed(scrapy: Scrapy, loaded_url: str) -> None:
    def ids(*words: str) -> list[int]:
        return [row["id"] for row in scrapy("stories", "list", *words, "--json", database=loaded_url).rows]

    assert ids() == [2, 1]
    assert ids("--limit", "1") == [2]
    assert ids("--limit", "0") == [2, 1]
    assert ids("--site", "mail.example") == [1]
    assert ids("--since", "2026-11-21") == [2]
    assert ids("--least-sites", "2") == [1]


def test_show_has_the_timeline_with_relation_match_and_score(scrapy: Scrapy, loaded_url: str) -> None:
    lines = scrapy("stories", "show", "1", database=loaded_url).out.splitlines()
    assert lines[0] == "Story 1: Flood near Łódź"
    assert (
        lines[1] == "2 articles; 2 sites; 1 independent source; en; 2026-11-20 18:00 to 2026-11-20 20:30 UTC"
    )
    assert " ".join(lines[3].split()) == "told (UTC) article relation matched by site title"
    assert re.fullmatch(r"2026-11-20 18:00 +1  original +new +post\.example +Flood near Łódź", lines[4])
    assert re.fullmatch(r"2026-11-20 20:30 +2  copy of 1 +text hash 1\.000 +mail\.example +River.*", lines[5])
    assert "Canonical: article 1 on post.example" in lines
    assert lines[-1].startswith("The mayor thanked everybody")


def test_show_as_json_has_everything(scrapy: Scrapy, loaded_url: str) -> None:
    (story,) = scrapy("stories", "show", "1", "--json", database=loaded_url).rows
    assert (story["article_count"], story["sites"]) == (2, ["mail.example", "post.example"])
    original, copy = story["articles"]
    assert (original["relation"], original["match_kind"]) == ("original", "new")
    assert (copy["relation"], copy["copy_of_id"], copy["match_kind"]) == ("copy", 1, "text_hash")
    assert copy["told_at"] == "2026-11-20T20:30:00+00:00"


def test_search_folds_accents_and_case(scrapy: Scrapy, loaded_url: str) -> None:
    (found,) = scrapy("stories", "search", "LODZ", "--json", database=loaded_url).rows
    assert found["id"] == 1
    done = scrapy("stories", "search", "zabrze", "nowhere", database=loaded_url)
    assert (done.status, done.out, done.err) == (0, "", "no stories found\n")


def test_a_story_that_is_not_there_is_an_error(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("stories", "show", "99", database=loaded_url)
    assert (done.status, done.err) == (1, "scrapy stories: there is no story 99\n")


@pytest.mark.parametrize("word", ["x", "1.5", "٣", "9" * 30])
def test_what_is_no_id_is_wrong_usage(scrapy: Scrapy, loaded_url: str, word: str) -> None:
    done = scrapy("stories", "show", word, database=loaded_url)
    assert done.status == 2
    assert done.err.count("\n") == 1


def test_reading_makes_no_database(scrapy: Scrapy, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.db"
    done = scrapy("stories", database=url)
    assert done.status == 1
    assert done.err == (
        f"scrapy stories: no newscrawl database at {url} yet: `scrapy crawl` and `scrapy load` make it\n"
    )
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_one_line(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is no database at all, but a text of some length\n" * 20)
    done = scrapy("stories", database=f"sqlite:///{tmp_path}/x.db")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


def test_hostile_titles_are_harmless(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> None:
    title = "Re\x1b]52;c;evil\x07d\nline\u202e \x9b2Jend"
    file = write_lines(tmp_path / "f.jsonl", [Telling("https://x.example/1", title, MATCH)])
    scrapy("load", str(file), database=sqlite_url)
    for words in (["list"], ["show", "1"], ["list", "--json"], ["show", "1", "--json"]):
        out = scrapy("stories", *words, database=sqlite_url).out
        assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e" for c in out)
    assert len(scrapy("stories", "list", database=sqlite_url).out.splitlines()) == 2


def test_a_merge_is_one_story_under_the_first_id(scrapy: Scrapy, loaded_url: str) -> None:
    (merged,) = scrapy("stories", "merge", "2", "1", "--json", database=loaded_url).rows
    assert (merged["id"], merged["article_count"]) == (2, 3)
    (shown,) = scrapy("stories", "show", "1", "--json", database=loaded_url).rows
    assert (shown["id"], shown["merged_ids"]) == (2, [1])
    assert "(asked for as story 1, which was merged into this one)" in (
        scrapy("stories", "show", "1", database=loaded_url).out
    )
    assert [row["id"] for row in scrapy("stories", "--json", database=loaded_url).rows] == [2]


def test_a_split_gives_two_stories_and_can_be_undone(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("stories", "split", "1", "2", "--json", database=loaded_url)
    assert [(row["id"], row["sites"]) for row in done.rows] == [(1, ["post.example"]), (3, ["mail.example"])]
    done = scrapy("stories", "merge", "1", "3", database=loaded_url)
    assert done.out.splitlines()[1].split()[0] == "1"
    (story,) = scrapy("stories", "show", "3", "--json", database=loaded_url).rows
    assert [decision["kind"] for decision in story["decisions"]] == ["split", "merge"]
    lines = scrapy("stories", "show", "3", database=loaded_url).out.splitlines()
    assert any("a person split story 3 off 1 (article 2)" in line for line in lines)
    assert any("a person merged story 3 into 1 (article 2)" in line for line in lines)
    assert [article["match_kind"] for article in story["articles"]] == ["manual", "manual"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("merge", "1", "1"), "1 and 1 are one story already (1)"),
        (("merge", "1", "9"), "there is no story 9"),
        (("split", "1", "3"), "not in story 1: article 3"),
        (("split", "1", "1", "2"), "a split of story 1 must leave articles on both sides"),
    ],
)
def test_a_decision_that_makes_no_sense_is_one_line(
    scrapy: Scrapy, loaded_url: str, words: tuple[str, ...], message: str
) -> None:
    done = scrapy("stories", *words, database=loaded_url)
    assert (done.status, done.out, done.err) == (1, "", f"scrapy stories: {message}\n")


def test_a_remembered_split_outlives_loading_again(scrapy: Scrapy, tmp_path: Path, loaded_url: str) -> None:
    scrapy("stories", "split", "1", "2", database=loaded_url)
    scrapy("load", str(write_lines(tmp_path / "again.jsonl")), database=loaded_url)
    assert {row["id"] for row in scrapy("stories", "--json", database=loaded_url).rows} == {1, 2, 3}


def test_revisions_show_what_went_and_what_came(scrapy: Scrapy, tmp_path: Path, loaded_url: str) -> None:
    done = scrapy("stories", "revisions", "1", database=loaded_url)
    assert done.out.endswith("its text has not changed since\n")
    original = TELLINGS[0]
    text = original.text.replace("two thousand people", "three thousand people") + "\n\nRain is to return."
    changed = write_lines(tmp_path / "new.jsonl", [replace(original, title="Łódź flooded", text=text)])
    scrapy("load", str(changed), database=loaded_url)
    lines = scrapy("stories", "revisions", "1", database=loaded_url).out.splitlines()
    assert lines[0] == "Article 1: https://post.example/news/flood"
    assert lines[3].startswith("changed, seen 2")
    assert lines[4:6] == ["  title - Flood near Łódź", "  title + Łódź flooded"]
    assert "[-two-]{+three+} thousand people" in lines[6]
    assert lines[7:] == ["  + Rain is to return."]
    first, second = scrapy("stories", "revisions", "1", "--json", database=loaded_url).rows
    assert (first["changes"], first["replaced_at"]) == ([], second["seen_at"])
    assert second["changes"][-1] == "+ Rain is to return."


def test_show_tells_whose_text_stands_where(scrapy: Scrapy, empty_url: str, tmp_path: Path) -> None:
    wire = replace(TELLINGS[0], text=f"LODZ (AFP) - {TELLINGS[0].text}")
    copy = replace(TELLINGS[1], text=TELLINGS[0].text)
    scrapy("load", str(write_lines(tmp_path / "wire.jsonl", [wire, copy])), database=empty_url)
    lines = scrapy("stories", "show", "1", database=empty_url).out.splitlines()
    assert lines[1].startswith("2 articles; 2 sites; 1 independent source; en;")
    assert lines[2] == "wire texts: AFP, 2 articles on 2 sites"
    assert any("original (AFP)" in line for line in lines)
    (story,) = scrapy("stories", "show", "1", "--json", database=empty_url).rows
    assert [(s["source"], s["agency"], s["sites"]) for s in story["sources"]] == [
        ("AFP", True, ["post.example", "mail.example"])
    ]

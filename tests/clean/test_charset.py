import pytest

from newscrawl.clean.charset import decode_html


@pytest.mark.parametrize(
    ("body", "declared", "text", "charset"),
    [
        ("<p>Größe".encode(), None, "<p>Größe", "utf-8"),
        ("<p>Größe".encode("cp1252"), "iso-8859-1", "<p>Größe", "cp1252"),
        (
            "<meta charset=windows-1251><p>Дождь".encode("cp1251"),
            None,
            "<meta charset=windows-1251><p>Дождь",
            "cp1251",
        ),
        ("<meta charset=gb2312><p>下雨".encode("gb18030"), None, "<meta charset=gb2312><p>下雨", "gb18030"),
        (b"\xef\xbb\xbf<p>a", "iso-8859-1", "<p>a", "utf-8"),
        ("<p>é".encode("utf-16"), None, "<p>é", "utf-16-le"),
        ("<p>Größe".encode("cp1252"), None, "<p>Größe", "cp1252"),
        ("<p>é".encode(), "no-such-charset", "<p>é", "utf-8"),
    ],
)
def test_bytes_become_text_the_way_browsers_do_it(body, declared, text, charset):
    assert decode_html(body, declared) == (text, charset)


def test_utf8_under_a_wrong_declaration_is_read_as_utf8():
    assert decode_html("<p>Fußgängerübergänge".encode(), "iso-8859-1")[0] == "<p>Fußgängerübergänge"


def test_broken_bytes_become_replacement_characters():
    text, charset = decode_html("<meta charset=utf-8>größer ".encode() + b"\xff\xfe")
    assert (text.count("\ufffd"), charset) == (2, "utf-8")


@pytest.mark.parametrize("name", ["hex", "base64", "zip", "rot13", "idna", "undefined"])
def test_a_codec_that_is_no_charset_counts_as_none(name):
    assert decode_html("<p>Größe".encode(), name) == ("<p>Größe", "utf-8")
    page = f"<meta charset={name}><p>Größe"
    assert decode_html(page.encode())[0] == page


def test_utf8_under_a_wrong_declaration_of_two_bytes_a_letter_is_read_as_utf8():
    page = "<meta charset=gbk><p>海港新桥今日正式通车，全长三公里。"
    assert decode_html(page.encode()) == (page, "utf-8")
    assert decode_html(page.encode(), "big5") == (page, "utf-8")
    assert decode_html(page.encode("gbk")) == (page, "gb18030")


def test_a_page_of_seven_bits_keeps_its_charset():
    page = "<p>港に新しい橋が開通した。"
    assert decode_html(page.encode("iso-2022-jp"), "iso-2022-jp")[0] == page

from newscrawl.clean.parse import parse_page
from newscrawl.clean.paths import BoxPaths
from newscrawl.clean.walk import read_blocks

PAGE = (
    "<body><div>a</div><p>b<a href=x><div>c</div><section><p>d</p></section></a></p><script>1</script>"
    "<div><span>e<b>f</b></span><div>g</div><span><div>h</div><div>i</div></span><br><p>j</p></div></body>"
)


def test_a_path_leads_to_the_blocks_own_element():
    root = parse_page(PAGE).root
    page = read_blocks(root)
    paths = BoxPaths(page.boxes)
    for block in reversed(page.blocks):
        assert root.xpath(paths.path_of(block.box)) == [block.box.element]


def test_a_path_has_the_number_of_each_step_below_the_root():
    page = read_blocks(parse_page("<div>a</div><div><p>b</p></div>").root)
    paths = BoxPaths(page.boxes)
    assert [paths.path_of(block.box) for block in page.blocks] == [
        "/html/body[1]/div[1]",
        "/html/body[1]/div[2]/p[1]",
    ]

from ocrcli.engine.grammars import CITIZEN_ID
from ocrcli.geometry import quad_of_box
from ocrcli.layout.search import find_by_grammar
from ocrcli.page import Line

PASSING = "11010519491231002X"  # the standard's own example (GB 11643-1999)
FAILING = "110105194912310029"


def line(text: str, y: float = 0.0) -> Line:
    return Line(text, 1.0, quad_of_box(0, y, 10 * len(text), y + 20), "text-layer")


def test_a_value_is_found_inside_a_line_with_its_place() -> None:
    [hit] = find_by_grammar([line("姓名某某"), line(f"号码{PASSING}")], CITIZEN_ID)
    assert (hit.guided.text, hit.guided.passed) == (PASSING, True)
    x0, x1 = hit.quad[0][0], hit.quad[1][0]
    assert 5 <= x0 <= 25 and 190 <= x1 <= 205


def test_values_that_pass_their_checks_come_first() -> None:
    hits = find_by_grammar([line(FAILING), line(PASSING, 40)], CITIZEN_ID)
    assert [hit.guided.passed for hit in hits] == [True, False]


def test_a_page_without_such_a_value_has_no_hit() -> None:
    assert find_by_grammar([line("住址某省某市某路12号"), line("")], CITIZEN_ID) == []

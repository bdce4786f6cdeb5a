import pytest

from ocrcli.checks import ethnicity


def test_there_are_56() -> None:
    assert len(set(ethnicity.GROUPS)) == 56


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("汉", "汉"),
        ("汉族", "汉"),
        ("维吾尔", "维吾尔"),
        ("外国血统", "外国血统"),
        ("汗", None),
        ("族", None),
        ("", None),
    ],
)
def test_names(printed: str, name: str | None) -> None:
    assert ethnicity.normal(printed) == name
    assert ethnicity.passes(printed) == (name is not None)

"""Where a value stands. Plain data; `forms.locate` looks there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from ocrcli.geometry import Box
from ocrcli.layout.where import Where as Where

if TYPE_CHECKING:
    from ocrcli.forms.found import Found
    from ocrcli.forms.sheet import Sheet


class Direction(Enum):
    """On which side of another value a value stands, seen on the upright page."""

    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, init=False)
class Beside:
    """Beside a printed label, which may be worded in several ways and languages.

    `rows`: how many rows the value may have. `stop`: other printed texts that end it. `where`: beside the label,
    below it, or either. `on_form`: the value was printed with the form, and lies beside its label whatever was
    printed over both (`Declared.overprinted`). `under_seal_em`: so far to the right its rest may be lost under a
    seal, where a second look without red ink finds it; one em is the height of the print. `close`: its rows are set
    without a blank between them. `of`: where the form has the label several times (a telephone of the buyer, one of
    the seller), that which belongs to this field or mark: of those that share the label and are before it, above or on
    its row, its is the nearest. Two fields with the same place share one label (the first and the last day of a
    period).
    """

    labels: tuple[str, ...]
    rows: int
    stop: tuple[str, ...]
    where: Where
    on_form: bool
    under_seal_em: float
    close: bool
    of: str

    def __init__(
        self,
        *labels: str,
        rows: int = 1,
        stop: tuple[str, ...] = (),
        where: Where = Where.RIGHT,
        on_form: bool = False,
        under_seal_em: float = 0.0,
        close: bool = False,
        of: str = "",
    ) -> None:
        own = {
            "labels": labels,
            "rows": rows,
            "stop": stop,
            "where": where,
            "on_form": on_form,
            "under_seal_em": under_seal_em,
            "close": close,
            "of": of,
        }
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def of_any(self) -> Beside:
        """The same place, whichever of several labels it is beside."""
        if not self.of:
            return self
        own = {name: value for name, value in vars(self).items() if name not in ("labels", "of")}
        return Beside(*self.labels, **own)


def Below(*labels: str, rows: int = 1, stop: tuple[str, ...] = ()) -> Beside:  # reads as Beside does
    """Below a printed label, such as the head of a column."""
    return Beside(*labels, rows=rows, stop=stop, where=Where.BELOW)


@dataclass(frozen=True)
class Near:
    """Next to the value of another field: the nearest print in that direction, at most `most_em` away.

    One em is the height of that value's print. `alone`: nothing else tells that it is this value, so it is doubtful.
    """

    key: str
    direction: Direction
    most_em: float = 6.0
    alone: bool = False


@dataclass(frozen=True)
class At:
    """In a box of the card: left, top, right, bottom in mm from its top left (Side.face says where the card lies).

    Up to `rows` lines that stand there are the value. `alone`: nothing else tells that it is this value, so it is
    doubtful.
    """

    box: Box
    rows: int = 1
    alone: bool = False


@dataclass(frozen=True)
class Again:
    """In a box of the card (as `At`), which is read once more, enlarged: for values that the page's reading lacks."""

    box: Box
    alone: bool = False


@dataclass(frozen=True)
class Stamped:
    """In a red stamp that lies somewhere in a box of the card (as `At`): its words, from the top, in its ink alone."""

    box: Box


@dataclass(frozen=True)
class Anywhere:
    """Where its form alone finds it.

    Such a value is doubtful unless it has a check digit, or the print around it names it as a label would
    (`telling`: 14:50开, ￥553.5元). `broken`: its print may stand in several boxes, close together on a row or in rows
    below each other. `begins`: a line that looks like this is the value's beginning, whose rest a red seal hides: it is
    looked at again without the red, up to `under_seal_em` line heights beyond its end.
    """

    telling: bool = False
    broken: bool = False
    begins: str = ""
    under_seal_em: float = 0.0


@dataclass(frozen=True)
class Abreast:
    """On the first row that has `count` prints alike: the one with this number, from 0 at the left.

    `pattern` is what they hold, where that is not `Form.looks`; a blank may stand where they are broken into boxes.
    """

    index: int
    pattern: str = ""
    count: int = 2


@dataclass(frozen=True)
class Rows:
    """The rows below a row of column heads: a list of objects, whose keys are the field's `items`.

    Each item's heads are the labels of its own find (`Below`). A row that says one of `end`, or has another field's
    label, ends the list. `between`: the rows lie between stops, whose values stand below each other beside the labels
    of an inner field (自 兰州, 至 杭州, 至 南通): its name, and the items that the stops before and behind a row are.
    """

    end: tuple[str, ...] = ()
    between: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Titled:
    """The line that says one of these titles, and no more than a place's or an authority's name before it."""

    titles: tuple[str, ...]


@dataclass(frozen=True)
class Says:
    """`then` where one of these texts is printed on the document, blanks left out, else `otherwise`."""

    texts: tuple[str, ...]
    then: str
    otherwise: str


@dataclass(frozen=True)
class Derived:
    """What follows from the values of other fields: `derive` gets them in order, and gives None where it knows none.

    Behind them it gets the values of `given`, None for one that is not printed. Where the label of one is there and its
    value was not read, nothing follows. `alone`: it follows likely, not surely, and is doubtful.
    """

    derive: Callable[..., str | None]
    keys: tuple[str, ...]
    given: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class By:
    """An own function of the document: it gets the sheet, what was found so far, and gives the value or None."""

    function: Callable[[Sheet], Found | Any | None]


Find = Beside | Near | At | Again | Stamped | Anywhere | Abreast | Rows | Titled | Says | Derived | By

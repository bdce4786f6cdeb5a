"""Reading a line again, knowing what must stand there.

A check may be a witness or a judge, not both. Taking the likeliest text that passes its checks turns misprinted numbers
into passing ones; so the likeliest text stands, whether it passes or not, except where a passing one is nearly as
likely, differs in one character, and has no rival. The limits are RULE's; bench/repair_rule.py measures them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

import numpy as np

from ocrcli.engine.decoding_plan import plan_for
from ocrcli.engine.decoding_search import ROUNDING, Candidate, Evidence, Search
from ocrcli.engine.grammar import MOST_RIVALS, Grammar
from ocrcli.engine.lattice import FLOOR_LOG
from ocrcli.page import Alphabet, Char, Lattice, Line

REACH_NATS = 6.5  # what is this much less likely than the likeliest text is not looked at
# A line holds no value where it has to be bent by more than this, in nats: so much a character, and once more. A
# character that the reader did not see at all costs 16: a line that is all value may have one, a part of a line not.
_BEND_EACH_NATS = 1.0
_BEND_WHOLE_NATS = 16.5
_BEND_INSIDE_NATS = 4.0
_FARTHEST_NATS = 13.0  # nats that one look of several may speak against a text
_MOST_TRIED = 32  # texts shown to a check that is no sum before the rest is given up


@dataclass(frozen=True, slots=True)
class ChoosingRule:
    """When a check may choose, and when a value is doubtful. All in nats (natural logarithms of probability ratios).

    A passing text is taken instead of the likeliest when it is at most `repair` less likely, one character different,
    and at least `lead` ahead of the next passing one. A value whose next passing rival is closer than `doubt` is
    doubtful. `alike`: characters that the print shapes alike ("O0"): a passing text that differs in
    these only may be `repair_alike` less likely, for what the print doesn't tell apart the picture says little about.
    """

    repair: float = 1.0
    lead: float = 4.0
    doubt: float = 4.0
    alike: tuple[str, ...] = ()
    repair_alike: float = 0.0

    def are_alike(self, a: str, b: str) -> bool:
        """True for texts of one length that differ in characters of the same look only."""
        if len(a) != len(b):
            return False
        return all(x == y or any(x in pair and y in pair for pair in self.alike) for x, y in zip(a, b, strict=True))


RULE = ChoosingRule()


@dataclass(frozen=True, slots=True)
class Guided:
    """A value read under a grammar.

    `chars` have places as shares of the line's length, as Line.chars have. `plain` is what the same part of the line
    says without the grammar. `passed` is None where the grammar has no check; `chose`: a check picked the value.
    `gap`: how far behind the value its next passing rival is, in nats; infinite where none lies within REACH_NATS.
    `misfit`: how much less likely the line is under the grammar than without, in nats. `confidence` is the mean of the
    characters' probabilities times the value's share among its rivals. `rivals`: the next passing texts, the likeliest
    first, each with its share of the probability of all of them and the value's own.
    """

    text: str
    chars: tuple[Char, ...]
    plain: str
    log_probability: float
    confidence: float
    passed: bool | None
    chose: bool
    doubtful: bool
    gap: float
    misfit: float
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the choosing rule looks at: the likeliest text, and the passing ones from the likeliest down.

    Where the likeliest passes, it is the first of the passing.
    """

    likeliest: Candidate
    passing: tuple[Candidate, ...]

    @property
    def passes(self) -> bool:
        """True where the likeliest text passes."""
        return bool(self.passing) and self.passing[0] is self.likeliest


@dataclass(frozen=True, slots=True)
class Choice:
    """What the rule makes of a standing; the words are those of Guided."""

    candidate: Candidate
    passed: bool
    chose: bool
    gap: float
    doubtful: bool


def read_as(
    lattice: Lattice,
    grammar: Grammar,
    *,
    inside: bool = False,
    evidence: Evidence | None = None,
    rule: ChoosingRule = RULE,
) -> Guided | None:
    """The line as this grammar reads it; None where it would have to be bent too much to say such a value.

    `inside`: the value may be a part of the line; what stands around it is free, but may not continue it
    (Grammar.fence). `evidence`: logarithms of probabilities from elsewhere, by slot alphabet and character, added to
    the lattice's.
    """
    search = _search(lattice, grammar, inside, evidence)
    return None if search is None else _guided(lattice, search, grammar, inside, _standing(search, grammar), rule)


def read_together(
    lattices: Sequence[Lattice], grammar: Grammar, *, inside: bool = False, rule: ChoosingRule = RULE
) -> tuple[int, Guided] | None:
    """Several looks at one value: of all they propose the likeliest on average, and which look says it most clearly.

    No look counts for more than _FARTHEST_NATS against a text: one that lost a character does not outweigh the others.
    The value's characters, plain text and misfit are those of the look that is named by its index in `lattices`. None
    where no look holds such a value. The grammar must name its fence.
    """
    looks = {i: search for i, lattice in enumerate(lattices) if (search := _search(lattice, grammar, inside))}
    standings = [_standing(search, grammar) for search in looks.values()]
    texts = dict.fromkeys(c.text for found in standings for c in (found.likeliest, *found.passing))
    if not texts:
        return None
    narrowed = grammar.only(texts)
    by_look = {i: _behind(lattices[i], narrowed, inside, search.plain) for i, search in looks.items()}
    # Of texts that the looks are bent to too far, or that lie too far behind, no look says anything.
    reached = [text for text in texts if any(text in look for look in by_look.values())]
    if not reached:
        return None
    ranked = sorted((_averaged(text, by_look.values()) for text in reached), key=lambda c: -c.log_probability)
    passing = {c.text for found in standings for c in found.passing}
    found = Standing(ranked[0], tuple(c for c in ranked if c.text in passing)[:MOST_RIVALS])
    chosen = choose(found, rule).candidate
    which = next(
        i for i, look in by_look.items() if chosen.text in look and look[chosen.text].letters is chosen.letters
    )
    guided = _guided(lattices[which], looks[which], grammar, inside, found, rule)
    return (which, guided) if guided else None


def candidates(
    lattice: Lattice,
    grammar: Grammar,
    *,
    inside: bool = False,
    passing: bool = False,
    reach: float = REACH_NATS,
    bend: float | None = None,
    evidence: Evidence | None = None,
) -> Iterator[Candidate]:
    """The texts of the grammar from the likeliest down, as far as they lie within `reach` nats of the likeliest.

    With `passing` only those that satisfy all checks. `bend`: how many nats the line may be bent. `evidence`: as in
    `read_as`.
    """
    search = _search(lattice, grammar, inside, evidence, reach, bend)
    if search is not None:
        yield from _passing(search, grammar) if passing else search.texts(passing=False)


def standing(lattice: Lattice, grammar: Grammar, *, inside: bool = False, reach: float = REACH_NATS) -> Standing | None:
    """What the choosing rule looks at; None for a line that does not hold such a value."""
    search = _search(lattice, grammar, inside, reach=reach)
    return None if search is None else _standing(search, grammar)


def lattice_of(line: Line) -> Lattice:
    """The line's lattice; for digital text, which has none, one that is sure of every character."""
    if line.lattice is not None:
        return line.lattice
    alphabet = Alphabet.of(["", *sorted(set(line.text))])
    steps = [0]
    for character in line.text:
        steps += [alphabet.index[character], 0]
    # Each step lists its class with probability 1 and the blank; in a blank's step they are one.
    ids = [(k, 0) if k else (0,) for k in steps]
    logs = [(0.0, FLOOR_LOG) if k else (0.0,) for k in steps]
    return Lattice(
        np.cumsum([0, *map(len, ids)]).astype(np.int32),
        np.array([*chain(*ids)], np.uint16),
        np.array([*chain(*logs)], np.float16),
        alphabet,
    )


def choose(found: Standing, rule: ChoosingRule = RULE) -> Choice:
    """The value, and what is to be thought of it."""
    chosen, chose = found.likeliest, False
    if found.passing and not found.passes:
        best, *others = found.passing
        behind = found.likeliest.log_probability - best.log_probability
        lead = best.log_probability - others[0].log_probability if others else math.inf
        near = behind <= rule.repair and _one_character_apart(best.text, chosen.text)
        near |= behind <= rule.repair_alike and rule.are_alike(best.text, chosen.text)
        chose = near and lead >= rule.lead
        chosen = best if chose else chosen
    rival = next((c for c in found.passing if c is not chosen), None)
    gap = chosen.log_probability - rival.log_probability if rival else math.inf
    return Choice(chosen, passed=found.passes or chose, chose=chose, gap=gap, doubtful=gap < rule.doubt)


def _guided(
    lattice: Lattice, search: Search, grammar: Grammar, inside: bool, found: Standing, rule: ChoosingRule
) -> Guided | None:
    """What the rule makes of a standing in this lattice; None where the line would have to be bent too much."""
    choice = choose(found, rule)
    chosen = choice.candidate
    misfit = max(0.0, search.plain - search.best)
    if misfit > _allowed(len(chosen.text), inside):
        return None
    rivals = [c for c in found.passing if c is not chosen]
    return Guided(
        text=chosen.text,
        chars=_chars(chosen, lattice.steps),
        plain=_plain(lattice, chosen) if inside else _plain(lattice),
        log_probability=chosen.log_probability,
        confidence=_confidence(chosen, rivals),
        passed=choice.passed if grammar.checked else None,
        chose=choice.chose,
        doubtful=choice.doubtful,
        gap=choice.gap,
        misfit=misfit,
        rivals=_shares(chosen, rivals),
    )


def _behind(lattice: Lattice, grammar: Grammar, inside: bool, plain: float) -> dict[str, Candidate]:
    """What a look says of each text: how much less likely it is than the plain reading, at most _FARTHEST_NATS."""
    reachable = candidates(lattice, grammar, inside=inside, reach=_FARTHEST_NATS)
    return {c.text: Candidate(max(c.log_probability - plain, -_FARTHEST_NATS), c.letters) for c in reachable}


def _averaged(text: str, looks: Collection[Mapping[str, Candidate]]) -> Candidate:
    """A text with the mean of what the looks say of it, and its letters where they are clearest."""
    seen = [look[text] for look in looks if text in look]
    mean = (sum(c.log_probability for c in seen) - _FARTHEST_NATS * (len(looks) - len(seen))) / len(looks)
    return Candidate(mean, max(seen, key=lambda c: c.log_probability).letters)


def _allowed(length: int, inside: bool) -> float:
    """How many nats a line may be bent to say a value of this length."""
    return _BEND_EACH_NATS * length + (_BEND_INSIDE_NATS if inside else _BEND_WHOLE_NATS)


def _search(
    lattice: Lattice,
    grammar: Grammar,
    inside: bool,
    evidence: Evidence | None = None,
    reach: float = REACH_NATS,
    bend: float | None = None,
) -> Search | None:
    plan = plan_for(grammar, lattice.alphabet)
    if bend is None:
        bend = _allowed(plan.graph.longest, inside)
    search = Search(lattice, plan, reach=reach, bend=bend, inside=inside, evidence=evidence)
    return search if search.best > -math.inf else None


def _standing(search: Search, grammar: Grammar) -> Standing:
    passing = _passing(search, grammar)
    first = next(passing, None)
    if first is not None and first.log_probability > search.best - ROUNDING:
        likeliest = first
    else:
        likeliest = next(search.texts(passing=False))
    ordered = passing if first is None else chain([first], passing)
    # Another value elsewhere in the line is no rival reading of this one.
    rivals = (c for c in ordered if _overlap(c, likeliest))
    return Standing(likeliest, tuple(islice(rivals, MOST_RIVALS)))


def _passing(search: Search, grammar: Grammar) -> Iterator[Candidate]:
    tried = islice(search.texts(passing=True), _MOST_TRIED)
    return (c for c in tried if grammar.accepts is None or grammar.accepts(c.text))


def _overlap(a: Candidate, b: Candidate) -> bool:
    return a.letters[0].start < b.letters[-1].end and b.letters[0].start < a.letters[-1].end


def _one_character_apart(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _confidence(chosen: Candidate, rivals: list[Candidate]) -> float:
    mean = sum(letter.probability for letter in chosen.letters) / len(chosen.letters)
    return mean / (1 + sum(_odds(chosen, rival) for rival in rivals))


def _odds(chosen: Candidate, rival: Candidate) -> float:
    return math.exp(rival.log_probability - chosen.log_probability)


def _shares(chosen: Candidate, rivals: list[Candidate]) -> tuple[tuple[str, float], ...]:
    odds = [_odds(chosen, rival) for rival in rivals]
    return tuple((rival.text, own / (1 + sum(odds))) for rival, own in zip(rivals, odds, strict=True))


def _chars(chosen: Candidate, steps: int) -> tuple[Char, ...]:
    """The letters with edges halfway to their neighbours' centres, as those of a line read without a grammar."""
    letters = chosen.letters
    centres = [(letter.start + letter.end) / 2 for letter in letters]
    inner = [(a + b) / 2 for a, b in pairwise(centres)]
    half = (centres[-1] - centres[0]) / (2 * len(inner)) if inner else steps / 2
    edges = [max(0.0, centres[0] - half), *inner, min(float(steps), centres[-1] + half)]
    return tuple(
        Char(letter.text, letter.probability, start / steps, end / steps)
        for letter, (start, end) in zip(letters, pairwise(edges), strict=True)
    )


def _plain(lattice: Lattice, part: Candidate | None = None) -> str:
    """What the line, or the part that a candidate covers, says without a grammar."""
    first, last = (part.letters[0].start, part.letters[-1].end) if part else (0, lattice.steps)
    best = lattice.ids[lattice.offsets[first:last]]
    runs = best[np.flatnonzero(np.diff(best.astype(np.int64), prepend=-1))]
    return "".join(lattice.alphabet.characters[k] for k in runs)

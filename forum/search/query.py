"""What a person typed into the search box, taken apart. No wildcards, no operators that could be misspelt: nothing typed is an error."""

import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from forum.core.text import fit
from forum.search import layout
from forum.search.analysis import words

MAX_LENGTH = 1_000  # characters; what follows is not read, and the page says so
MAX_WORDS = 60

# The names of filters people may type before a colon, and the facets they mean.
FIELDS = {"регион": "region", "год": "year", "номинация": "nomination", "тег": "tag", "статус": "status", "автор": "author"}
FIELDS |= {facet: facet for facet in FIELDS.values()}
# The same names by the keys of the other keyboard layout, on which the colon is another sign too.
_SWITCHED = {layout.other(name): name for name in FIELDS}
COLON = "[:^]"
NAMES = "|".join([*FIELDS, *_SWITCHED])

Field = tuple[str, str]  # the filter and what was typed for it

_QUOTED = r"«(?P<q1>[^«»]*)»|\"(?P<q2>[^\"]*)\"|„(?P<q3>[^„“”]*)[“”]|“(?P<q4>[^“”]*)”"
_PIECE = re.compile(
    r"(?P<minus>(?<!\S)[-–—−](?=[\w«\"„“]))?"  # editors and telephones make dashes of it
    rf"(?:(?<![\w:])(?P<field>{NAMES}){COLON}\s?)?(?:{_QUOTED}|(?P<word>[^\s«»\"„“”]+))",
    re.IGNORECASE,
)


def _called(facet: str) -> str:
    return "|".join(name for name, own in FIELDS.items() if own == facet)


# Names that are typed whole without quotes: «регион:калужская область», «регион:республика карелия», «статус:не сработало».
_WHOLE_NAME = re.compile(
    rf"(?<![\w:])(?P<field>(?:{_called('region')}){COLON})\s?(?P<name>республика\s+[^\W\d][\w-]*"
    r"|[^\W\d][\w-]*(?:ая|[иыо]й)\s+(?:автономн(?:ая|ый)\s+(?:область|округ)|народная\s+республика|область|край|республика))(?![\w:^-])",
    re.IGNORECASE,
)
_WHOLE_STATUS = re.compile(
    rf"(?<![\w:])(?P<field>(?:{_called('status')}){COLON})\s?(?P<name>не\s+сработал[а-я]?)(?![\w:^-])", re.IGNORECASE
)
_IN_QUOTES = r"\g<field>«\g<name>»"


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` rank, `phrases` must stand together, `excluded` must not occur, `fields` are filters typed in the box."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    text: str = ""
    cut: bool = False
    signs: bool = False  # something was typed that asks for nothing: empty quotes

    @property
    def everything(self) -> bool:
        """Whether nothing but filters and exclusions narrows what is found; a question of signs or stop words finds nothing."""
        return not self.text.strip() and not self.signs


def name_of(typed: str) -> str:
    """The name of a filter as it was meant, whatever the keyboard layout."""
    return _SWITCHED.get(typed.lower(), typed)


def clean(text: str) -> str:
    """The typed text without what no page can hold (NUL, lone surrogates), on one line, at most `MAX_LENGTH` characters."""
    return " ".join(fit(text[: MAX_LENGTH * 2]).split())[:MAX_LENGTH]


def _in_pieces(text: str) -> str:
    """The typed text, with quotes where a region or a status is named in several words."""
    return _WHOLE_STATUS.sub(_IN_QUOTES, _WHOLE_NAME.sub(_IN_QUOTES, clean(text)))


def parse(text: str) -> Asked:
    """Take the text of the search box apart; whatever it holds, there is an answer."""
    typed = _in_pieces(text)
    free: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    fields: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(typed):
        quoted = _quoted(piece)
        content = piece["word"] if quoted is None else quoted
        if _is_field(piece):
            fields.append((FIELDS[name_of(piece["field"]).lower()], content.strip()))
        elif piece["minus"]:
            excluded.append(content)
        else:
            free.append(content)
            if quoted is not None and words(quoted):
                phrases.append(quoted)
    asked = tuple(dict.fromkeys(words(" ".join(free))))[:MAX_WORDS]
    told = bool(asked or fields or any(map(words, excluded)))
    return Asked(
        asked,
        tuple(phrases),
        tuple(filter(words, excluded)),
        tuple(fields),
        " ".join(free),
        cut=len(text.strip()) > MAX_LENGTH,
        signs=bool(typed) and not told,
    )


def without_fields(text: str) -> str:
    """What was typed without its filters: for who keeps those apart."""
    return " ".join(_PIECE.sub(lambda piece: "" if _is_field(piece) else piece[0], _in_pieces(text)).split())


def without_some(text: str, numbers: Collection[int]) -> str:
    """What was typed without some of its filters, by their places in `parse(text).fields`, counted from 0."""
    counted = itertools.count()
    return " ".join(_PIECE.sub(lambda piece: "" if _is_field(piece) and next(counted) in numbers else piece[0], _in_pieces(text)).split())


def with_words(text: str, words: str) -> str:
    """What was typed with other free words: the filters and exclusions stay."""
    return " ".join([words, *_bounds(_in_pieces(text))])


def _bounds(typed: str) -> Iterator[str]:
    return (piece[0] for piece in _PIECE.finditer(typed) if piece["minus"] or _is_field(piece))


def _quoted(piece: re.Match[str]) -> str | None:
    return next((piece[name] for name in ("q1", "q2", "q3", "q4") if piece[name] is not None), None)


def _is_field(piece: re.Match[str]) -> bool:
    """A filter with a value; one with a minus is an exclusion of its words: there are no filters of what must not be."""
    return bool(piece["field"] and not piece["minus"] and (piece["word"] or _quoted(piece) or "").strip())

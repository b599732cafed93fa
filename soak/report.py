"""What came out: a line for each figure, and whether it is what it must be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A figure beside its bar."""

    what: str
    wanted: str
    found: str
    holds: bool


def bar(what: str, wanted: str, found: object, holds: bool) -> Line:
    return Line(what, wanted, str(found), holds)


def table(lines: list[Line]) -> str:
    """All of them, the missed ones marked."""
    heads = Line("what", "must be", "is", True)
    widths = [max(len(getattr(line, name)) for line in [heads, *lines]) for name in ("what", "wanted", "found")]


    def row(one: Line) -> str:
        cells = [f"{text:<{width}}" for text, width in zip((one.what, one.wanted, one.found), widths, strict=True)]
        return "  ".join([*cells, "" if one.holds else "MISSED"]).rstrip()

    return "\n".join([row(heads), "-" * len(row(heads)), *map(row, lines)])

"""The catalogues of translations: compiled before tests where that was not done, and gathered anew to compare."""

import os
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "forum" / "translations"
LANGUAGES = ("ru", "en")


@cache
def catalogue(lang: str) -> Catalog:
    """A catalogue as it lies in the repository."""
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang)


def compile_stale() -> None:
    """Compile what is older than its source; several processes may do so at once."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        fresh = target.with_suffix(f".{os.getpid()}")
        with source.open("rb") as words, fresh.open("wb") as file:
            write_mo(file, read_po(words, locale=source.parts[-3]))
        fresh.replace(target)


def gathered(folder: Path) -> Catalog:
    """All strings of the code and the templates, by the very mapping `make messages` uses."""
    target = folder / "messages.pot"
    options = ["--quiet", "extract", "-F", str(ROOT / "pyproject.toml"), "-k", "_l", "-k", "lazy_gettext", "-o", str(target), str(ROOT)]
    CommandLineInterface().run(["pybabel", *options])
    with target.open("rb") as file:
        return read_po(file)

"""The README names every setting, target and command there is, and nothing that is not."""

import ast
import re

import click
import pytest

from tests.architecture.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = (ROOT / "config.py").read_text(encoding="utf-8")
FLASKS_OWN = {"db"}


def settings() -> set[str]:
    """FORUM_* of config.py: those it spells out, and those its loops put together."""
    loops = [node.iter for node in ast.walk(ast.parse(CONFIG)) if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple)]
    named = {f"FORUM_{item.value}" for loop in loops for item in loop.elts if isinstance(item, ast.Constant)}
    return named | set(re.findall(r"FORUM_[A-Z]+(?:_[A-Z]+)*", CONFIG))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands(app) -> set[str]:
    """Every command of ours as people type it."""
    found = set()
    context = click.Context(app.cli)
    for name in app.cli.list_commands(context):
        command = app.cli.get_command(context, name)
        if name not in FLASKS_OWN:
            found |= {f"flask {name} {each}" for each in command.commands} if isinstance(command, click.Group) else {f"flask {name}"}
    return found


def test_every_setting_is_named_and_no_other():
    assert len(settings()) > 10
    assert set(re.findall(r"FORUM_[A-Z_]+", README)) == settings()


def test_every_target_is_named_and_no_other():
    assert targets() - set(re.findall(r"`(?:make )?([a-z]+)[ `]", README)) == set()
    assert set(re.findall(r"`make ([a-z]+)", README)) <= targets()


def test_every_command_is_named_and_no_other(app):
    written = set(re.findall(r"flask (?!db )[a-z-]+(?: [a-z-]+)?", README))
    assert written == commands(app)


@pytest.mark.parametrize("document", ["README.md", *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md")))])
def test_every_file_it_names_is_there(document):
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    linked = [path.parent / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)]
    spoken = [ROOT / name for name in re.findall(r"`((?:forum|tests|docs|bin|static|templates|migrations)/[\w./-]*)`", text)]
    assert [each for each in (*linked, *spoken) if not each.exists()] == []


def test_pictures_are_shown_and_small():
    pictures = {each.relative_to(ROOT).as_posix() for each in (ROOT / "docs" / "images").iterdir()}
    assert pictures == set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README))
    assert max((ROOT / each).stat().st_size for each in pictures) <= 150_000

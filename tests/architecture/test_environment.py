"""Only config.py reads the environment, so that every setting has one place and one description."""

import ast

import pytest

from tests.architecture.tree import ROOT, files, name

READERS = {"environ", "environb", "getenv", "getenvb"}


def readings(source: str) -> list[int]:
    """Lines that take something from the process environment."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        read = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in READERS
        imported = isinstance(node, ast.ImportFrom) and node.module == "os" and any(alias.name in READERS for alias in node.names)
        if read or imported:
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("source", ["import os\nos.environ['A']", "import os\nos.getenv('A')", "from os import environ, path"])
def test_a_reading_is_seen(source):
    assert readings(source)


def test_only_the_settings_read_the_environment():
    modules = [*files("*.py", under="forum"), ROOT / "wsgi.py"]
    found = {name(path): readings(path.read_text(encoding="utf-8")) for path in modules}
    assert {path: lines for path, lines in found.items() if lines} == {}

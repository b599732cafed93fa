"""The sizes that keep the code readable."""

import ast
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.architecture.tree import files, name, templates


def percentile_95(values: Sequence[int]) -> int:
    """The smallest value that at least 95 % of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[-(-95 * len(ranked) // 100) - 1]


def line_counts(paths: list[Path]) -> dict[str, int]:
    return {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def longest(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])[:12]


def functions() -> dict[str, int]:
    """Lines of every function of the application, from `def` to the last line, its docstring apart."""
    found = {}
    for path in files("*.py", under="forum"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                documented = node.body[0] if ast.get_docstring(node) is not None else None
                docstring = documented.end_lineno - documented.lineno + 1 if documented else 0
                found[f"{name(path)}:{node.lineno} {node.name}"] = node.end_lineno - node.lineno + 1 - docstring
    return found


def test_percentile_takes_the_nearest_rank():
    assert percentile_95(range(1, 101)) == 95
    assert percentile_95([7]) == 7
    assert percentile_95([1] * 19 + [50]) == 1


def test_modules_are_short():
    counts = line_counts(files("*.py", under="forum"))
    # Empty __init__.py would flatter the median.
    sizes = [count for count in counts.values() if count > 1]
    assert median(sizes) <= 80, longest(counts)
    assert percentile_95(sizes) <= 250, longest(counts)
    assert max(sizes) <= 400, longest(counts)


def test_functions_are_short():
    counts = functions()
    assert percentile_95(list(counts.values())) <= 25, longest(counts)


def test_templates_are_short():
    counts = line_counts(templates())
    assert percentile_95(list(counts.values())) <= 80, longest(counts)


def test_conftests_are_short():
    counts = line_counts(files("conftest.py", under="tests"))
    assert max(counts.values()) <= 150, longest(counts)

"""The files that the architecture tests judge."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "instance", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def files(*patterns: str, under: str = ".") -> list[Path]:
    """Every file of ours with one of these name patterns, in a steady order."""
    found = {path for pattern in patterns for path in (ROOT / under).rglob(pattern)}
    return sorted(path for path in found if path.is_file() and not SKIPPED.intersection(path.relative_to(ROOT).parts))


def templates() -> list[Path]:
    """Every Jinja template, wherever the folder stands."""
    return [path for path in files("*.html", "*.txt", "*.xml") if "templates" in path.relative_to(ROOT).parts]


def name(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()

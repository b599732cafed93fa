"""The plain colours of the tokens reach WCAG 2.2 AA in both themes."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text("utf-8")
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")
LIGHT = dict(COLOUR.findall(TOKENS.split(":root[data-theme=light]")[0]))
DARK = {**LIGHT, **dict(COLOUR.findall(TOKENS.split(":root[data-theme=dark] {\n")[1].split("}")[0]))}
GROUNDS = ("paper", "card", "sunken", "accent-soft", "good-soft", "warn-soft", "danger-soft")
WORDS = ("ink", "muted", "accent", "good", "warn", "danger")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(theme: dict[str, str]):
    low = [(word, ground) for word, ground in product(WORDS, GROUNDS) if contrast(theme[word], theme[ground]) < 4.5]
    assert low == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_stand_out(theme: dict[str, str]):
    assert min(contrast(theme["edge"], theme[ground]) for ground in ("paper", "card", "sunken")) >= 3
    assert min(contrast(theme["on-accent"], theme[ground]) for ground in ("accent", "accent-deep", "danger")) >= 4.5


def test_the_dark_theme_is_the_same_by_choice_and_by_system():
    starts = ("[data-theme=dark] {\n", ":not([data-theme=light]) {\n")
    chosen, system = (dict(COLOUR.findall(TOKENS.split(start)[1].split("}")[0])) for start in starts)
    assert chosen == system

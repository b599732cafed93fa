"""Names and contents that the style forbids, because each has once hidden a mess or a hole."""

import re

import pytest

from tests.architecture.tree import files, name, templates

ROOMS_WITHOUT_A_NAME = re.compile(r"^(utils?|helpers?|services?|managers?|common|misc)(_.*)?$")
THIRD_PARTY = re.compile(r"(\.min\.(js|css|mjs)|\.woff2?|\.ttf|\.otf|\.eot)$")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
AWAY = ("emails", "taken_home")  # read in a mail program, or from a folder: there are no style sheets of ours
STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*json)[^>]*>|<style\b", re.IGNORECASE)
SAFE = re.compile(r"\|\s*safe\b|\bMarkup\(|\{%-?\s*autoescape\s+false")


def faults_of(text: str) -> list[str]:
    """What a template contains that the content security policy or the reader would suffer from."""
    plain = JINJA.sub("", text)
    tags = TAG.findall(plain)
    faults = ["inline script or style"] if INLINE_SCRIPT.search(plain) else []
    faults += ["style attribute" for tag in tags if STYLE.search(tag)]
    faults += ["event handler attribute" for tag in tags if HANDLER.search(tag)]
    return faults


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ('<p style="color: red">', True),
        ('<p class="a"\n   style="x">', True),
        ('<p {% if a > 1 %}class="b"{% endif %} style="x">', True),
        ('<button onclick="go()">', True),
        ("<script>go()</script>", True),
        ("<style>p{}</style>", True),
        ('<script type="module" src="{{ url }}"></script>', False),
        ('<p class="lifestyle" data-on="1">style="x"</p>', False),
        ('<a href="?conversation=1">one = two</a>', False),
    ],
)
def test_the_check_itself_knows_right_from_wrong(text, faulty):
    assert bool(faults_of(text)) is faulty


def test_no_room_without_a_name():
    places = {path for module in files("*.py", under="forum") for path in (module, *module.parents)}
    assert [name(path) for path in places if path.name and "forum" in path.parts and ROOMS_WITHOUT_A_NAME.match(path.stem)] == []


def test_templates_hold_nothing_inline():
    # Letters are read where no style sheet comes along; no page of the site is made of them.
    pages = [path for path in templates() if path.suffix == ".html" and path.parent.name not in AWAY]
    found = {name(path): faults_of(path.read_text(encoding="utf-8")) for path in pages}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_templates_never_switch_escaping_off():
    unsafe = {name(path) for path in templates() if SAFE.search(path.read_text(encoding="utf-8"))}
    assert not unsafe, "print stored HTML with |safe_html, whose one source is forum.core.text"


def test_nothing_of_third_parties_is_copied_in():
    assert [name(path) for path in files("*") if THIRD_PARTY.search(path.name)] == []

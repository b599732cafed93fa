"""The sanitiser against known attacks, chance and a second opinion."""

import sys
import threading

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.errors import Refused
from forum.core.text import render, sanitize
from forum.core.text.addresses import is_link, is_own_file
from forum.core.text.clean import MAX_DEPTH, MAX_MARKUP, MAX_OUTPUT
from tests.core.activity import ATTRIBUTES, HARMLESS, active_in, markup_of
from tests.core.vectors import ACTIVE, MARKDOWN, PAGES, SCHEMES

SOUP = st.lists(
    st.sampled_from(
        [
            *PAGES,
            "<a href='/x'>",
            "</a>",
            "<p>",
            "</p>",
            "<b>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<ul>",
            "<li>",
            "<svg>",
            "</svg>",
            "<math>",
        ]
        + [
            "<style>",
            "</style>",
            "<!--",
            "-->",
            "<em>",
            "</em>",
            "&lt;",
            "&amp;",
            "&#x3c;",
            "<",
            ">",
            '"',
            "'",
            "&",
            "<pre>\n",
            "<h3>",
            "<div>",
            "<button>",
        ]
    )
    | st.text(max_size=8),
    max_size=14,
).map("".join)


def test_the_probe_sees_what_it_is_there_for():
    assert active_in("<p>x</p><a href='/x'>x</a>") == []
    for bad in (
        "<script>",
        "<p onclick=x>",
        "<a href='javascript:1'>",
        "<a href='//e'>",
        "<img src='http://e'>",
        "<!-- -->",
        "<p class=x>",
    ):
        assert active_in(bad), bad


def test_the_corpus_is_large():
    assert len(set(PAGES + SCHEMES)) >= 100


@pytest.mark.parametrize("vector", ACTIVE)
def test_a_known_attack_is_disarmed_as_html(vector):
    cleaned = sanitize(vector)
    assert active_in(cleaned) == []
    assert sanitize(cleaned) == cleaned


@pytest.mark.parametrize("vector", ACTIVE + [form.replace("{}", address) for form in MARKDOWN for address in SCHEMES])
def test_a_known_attack_is_disarmed_as_markdown(vector):
    html = render(vector)
    assert active_in(html) == []
    assert sanitize(html) == html


@settings(max_examples=250, deadline=None)
@given(SOUP)
def test_whatever_comes_is_safe_and_a_second_pass_changes_nothing(soup):
    cleaned = sanitize(soup)
    assert active_in(cleaned) == []
    assert sanitize(cleaned) == cleaned


def _kept_by_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=HARMLESS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


@settings(max_examples=250, deadline=None)
@given(SOUP)
def test_nothing_survives_that_nh3_would_drop(soup):
    cleaned = sanitize(soup)
    kept = set(markup_of(_kept_by_nh3(cleaned)))
    assert set(markup_of(cleaned)) <= kept


@pytest.mark.parametrize("vector", ACTIVE)
def test_nothing_of_the_corpus_survives_that_nh3_would_drop(vector):
    cleaned = sanitize(vector)
    assert set(markup_of(cleaned)) <= set(markup_of(_kept_by_nh3(cleaned)))


@pytest.mark.parametrize(
    "address", ["http://город.рф/путь?a=1&copy=2#x", "HTTPS://a.example", "/practices/7/dvory", "#lessons", "mailto:a@b.example", "/"]
)
def test_an_honest_address_stays(address):
    assert is_link(address)
    assert markup_of(sanitize(f'<a href="{address}">x</a>'))[0][0] == "a"


@pytest.mark.parametrize("address", SCHEMES)
def test_a_dishonest_address_is_refused(address):
    assert not is_link(address)
    assert not is_own_file(address)


def test_a_picture_is_ours_or_nothing():
    assert sanitize('<img src="/files/12/foto.jpg" alt="Двор">') == '<img src="/files/12/foto.jpg" alt="Двор">'
    assert sanitize('a<img src="http://evil.example/pixel.png" alt="x">b') == "ab"


def test_outside_links_are_marked_and_ours_are_not():
    assert sanitize('<a href="http://a.example">x</a>') == '<a href="http://a.example" rel="nofollow ugc noopener">x</a>'
    assert sanitize('<a href="/practices" rel="opener">x</a>') == '<a href="/practices">x</a>'


@pytest.mark.parametrize("bomb", ["<b>" * (MAX_DEPTH + 1), "<p></p>" * MAX_MARKUP, "&" * (MAX_MARKUP + 1), "а" * (MAX_OUTPUT + 1)])
def test_a_bomb_is_refused_before_it_is_parsed(bomb):
    with pytest.raises(Refused) as refusal:
        sanitize(bomb)
    assert refusal.value.code == "text.too_complex"


@pytest.fixture
def hasty_threads():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_threads_do_not_mix_texts_up(hasty_threads):
    texts = [f"[{n}](http://a{n}.example) **{n}** www.b{n}.example" * 20 for n in range(8)]
    alone = [render(text) for text in texts]
    together: dict[tuple[int, int], str] = {}

    def work(n: int) -> None:
        for turn in range(5):
            together[n, turn] = render(texts[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {(n, turn): alone[n] for n in range(8) for turn in range(5)}

"""Markdown as people write it: what it looks like, what it costs, what is left of it as plain text."""

from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import typed
from forum.core.errors import Refused
from forum.core.text import MAX_INPUT, MAX_OUTPUT, excerpt, fit, own_words, plain, quote, render, sanitize
from forum.core.text.clean import MAX_MARKUP
from tests.core.activity import active_in

MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# ",
            "## ",
            "- ",
            "1. ",
            "> ",
            "\n",
            "\n\n",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "```\n",
            "|",
            "|-|-|\n",
            "|:-:|--:|\n",
            "[",
            "](",
            ")",
            "![",
            "](/files/1/a.png)",
        ]
        + [
            "<",
            ">",
            "&",
            "&lt;",
            "\\",
            "www.a.ru",
            "a@b.ru",
            "http://a.ru/?a=1&b=2",
            "    ",
            "***\n",
            "[r]: /x\n",
            "[r]",
            "<b>",
            "слово",
            " ",
            "\t",
            "\r\n",
            "\x00",
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


@settings(max_examples=250, deadline=None)
@given(MARKDOWN)
def test_any_markdown_gives_safe_html_that_cleaning_leaves_alone(text):
    html = render(text)
    assert active_in(html) == []
    assert sanitize(html) == html
    assert "\x00" not in html


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_any_quotation_renders_as_one(text):
    quotation = quote(text)
    assert all(line.startswith(">") for line in quotation.strip().split("\n")) or not quotation.strip()
    assert not quotation or render(quotation).startswith("<blockquote>")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**да** *нет* ~~было~~", "<p><strong>да</strong> <em>нет</em> <s>было</s></p>\n"),
        ("# Итог\n## Шаг", "<h3>Итог</h3>\n<h4>Шаг</h4>\n"),
        ("### Сразу третий\n# Первый\n###### Шестой", "<h3>Сразу третий</h3>\n<h3>Первый</h3>\n<h4>Шестой</h4>\n"),
        ("#\n\nтекст", "<p>текст</p>\n"),
        ("<b>x</b> & «ёлочки»", "<p>&lt;b&gt;x&lt;/b&gt; &amp; «ёлочки»</p>\n"),
        ("![Двор](/files/3/dvor.jpg)", '<p><img src="/files/3/dvor.jpg" alt="Двор" loading="lazy"></p>\n'),
        ("![*Двор*](http://a.ru/d.jpg)", '<p><a href="http://a.ru/d.jpg" rel="nofollow ugc noopener">Двор</a></p>\n'),
        ("[![Двор](http://a.ru/d.jpg)](/practices)", '<p><a href="/practices">Двор</a></p>\n'),
        ("[](/practices)", '<p><a href="/practices">/practices</a></p>\n'),
        ("[сайт](www.a.ru)", '<p><a href="http://www.a.ru" rel="nofollow ugc noopener">сайт</a></p>\n'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("ftp://a.ru //a.ru", "<p>ftp://a.ru //a.ru</p>\n"),
        ("3. три", '<ol start="3">\n<li>три</li>\n</ol>\n'),
        ("```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>\n"),
    ],
)
def test_markdown_becomes(markdown, html):
    assert render(markdown) == html


def test_addresses_become_links():
    html = render("см. город.рф, https://a.ru/б и a@b.ru")
    assert html.count("<a ") == 3
    assert html.count("nofollow ugc noopener") == 2


def test_a_table_scrolls_and_aligns_by_class():
    html = render("|а|б|в|\n|:-|:-:|-:|\n|1|2|3|")
    assert html.startswith('<div class="table-scroll" tabindex="0"><table>')
    assert '<th scope="col">а</th>' in html
    assert '<td class="align-center">2</td>' in html
    assert '<td class="align-end">3</td>' in html
    assert "style" not in html


def test_a_long_text_is_refused_with_the_limit():
    with pytest.raises(Refused) as refusal:
        render("а" * (MAX_INPUT + 1))
    assert (refusal.value.code, refusal.value.params) == ("text.too_long", {"limit": MAX_INPUT})
    assert render("а" * MAX_INPUT) == f"<p>{'а' * MAX_INPUT}</p>\n"


def _filled(unit: str, size: int = MAX_INPUT) -> str:
    return (unit * (size // len(unit) + 1))[:size]


UNITS = [
    *(
        "[",
        "![",
        "[a](",
        "*a_",
        "**a",
        "*a* ",
        "<",
        "<a ",
        "<http:",
        ">",
        "> ",
        "- ",
        "1. ",
        "&",
        "&amp;",
        "`a``",
        "~~a",
        "\\",
        "a@",
        "@a.",
        "a.",
    ),
    *(
        "|",
        "|a\n",
        "п.рф ",
        "a@b.ru ",
        "http://",
        "www.",
        "mailto:",
        "http://a.ru ",
        "[a]: /u\n",
        "# a\n",
        "- a\n",
        "a\n\n",
        "a\n",
        "a\\\n",
        "```\n",
    ),
    *("[a][", "[*a `b`](/c) ", "![a](/files/1) ", "&#1;", ":", "/", "(", "http://a-", "\t", "***\n", "a\n=\n", "\u202e", "\ud800"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_bomb_is_refused_or_stays_small(unit):
    try:
        html = render(_filled(unit))
    except Refused as refusal:
        assert refusal.code == "text.too_complex"
    else:
        assert len(html) <= MAX_OUTPUT
        assert html.count("<") + html.count("&") <= MAX_MARKUP


def test_a_table_of_empty_cells_is_refused():
    with pytest.raises(Refused) as refusal:
        render("|" + "a|" * 150 + "\n|" + "-|" * 150 + "\n" + "|\n" * 400)
    assert refusal.value.code == "text.too_complex"


def test_deep_nesting_stops():
    assert render("> " * 500 + "x").count("<blockquote>") <= 20
    assert render("".join("  " * n + "- x\n" for n in range(200))).count("<ul>") <= 20


def _calls(text: str) -> int:
    """Function calls that rendering takes: a measure of work that does not depend on the machine's mood."""
    profile = Profile()
    profile.enable()
    try:
        render(text)
    except Refused:
        pass
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_at_most_little_more_than_twice_the_work(unit):
    _calls(_filled(unit, 100))  # what is compiled at its first use is not counted
    assert _calls(_filled(unit, 3_000)) <= 2.2 * _calls(_filled(unit, 1_500)) + 2_000


def test_plain_text_of_markdown_and_of_its_html_is_the_same():
    markdown = "# Свет\n\nВо **дворах** [темно](http://a.ru) & сыро\n\n- раз\n- два\n\n|а|б|\n|-|-|\n|1|2|\n\n![Двор](/files/1/d.jpg)"
    words = "Свет\nВо дворах темно & сыро\nраз\nдва\nа б\n1 2\nДвор"
    assert plain(markdown) == words
    assert plain(render(markdown)) == words


def test_plain_text_fits_into_xml():
    assert fit("a\r\nb\x00\x0b\ud800\ufffe\tc") == "a\nb\tc"
    assert plain("a&#11;b\x01").isprintable()


def test_ones_own_words_are_without_what_they_answer():
    said = "[Анна Лугова](/comments/150), @lugova:\n\n> Кто считал?\n>\n> > Город\n\nСчитал подрядчик:\n\n> так в договоре\n\nи мы."
    assert own_words(render(said)) == "Считал подрядчик:\nи мы."
    assert own_words(render("> Только чужое")) == own_words("> Только чужое") == "Только чужое"


def test_an_excerpt_ends_with_a_whole_word():
    assert excerpt("Провели обследование дворов", 100) == "Провели обследование дворов"
    assert excerpt("Провели обследование, сложили дворы", 24) == "Провели обследование…"
    assert excerpt("Провели  обследование\nдворов", 21) == "Провели обследование…"
    assert excerpt("о" * 50, 10) == "о" * 9 + "…"


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length


def test_a_quotation_leaves_out_older_quotations():
    assert quote("> старое\n\nновое\n\n- раз") == "> новое\n>\n> - раз\n\n"
    assert quote("> только чужое") == "> > только чужое\n\n"
    assert quote("  \n") == ""


def test_what_turns_writing_round_is_not_kept_and_families_stay_whole():
    turned = "\N{RIGHT-TO-LEFT OVERRIDE}Иван\N{POP DIRECTIONAL ISOLATE} Лапин \x00👨\N{ZERO WIDTH JOINER}👧"
    assert typed.line(turned) == "Иван Лапин 👨\N{ZERO WIDTH JOINER}👧"
    assert typed.paragraphs("раз\N{LEFT-TO-RIGHT ISOLATE}\r\nдва") == "раз\nдва"

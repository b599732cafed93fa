"""Both catalogues are complete, and each translation fits the string it stands for."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.support import Translations

from tests.catalogues import LANGUAGES, TRANSLATIONS, catalogue, gathered

# The strings of the site are gathered once.
pytestmark = pytest.mark.xdist_group("catalogues")

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?[a-z][^>]*>")
ABBREVIATED = ("тыс.", "п. п.", "мин.", "min.")  # a full stop that ends no sentence
CYRILLIC = re.compile("[А-Яа-яЁё]")
FORMS = {
    "%(num)s голос": ["1 голос", "2 голоса", "5 голосов", "11 голосов", "21 голос", "112 голосов"],
    "%(num)s житель": ["1 житель", "2 жителя", "5 жителей", "11 жителей", "21 житель", "112 жителей"],
    "%(num)s ответ": ["1 ответ", "2 ответа", "5 ответов", "11 ответов", "21 ответ", "112 ответов"],
    "%(num)s практика": ["1 практика", "2 практики", "5 практик", "11 практик", "21 практика", "112 практик"],
    "%(num)s человек": ["1 человек", "2 человека", "5 человек", "11 человек", "21 человек", "112 человек"],
    "Найдена %(num)s запись": ["Найдена 1 запись", "Найдены 2 записи", "Найдено 5 записей", "Найдено 11 записей", "Найдена 21 запись"],
    "Срок: %(num)s день.": ["Срок: 1 день.", "Срок: 2 дня.", "Срок: 5 дней.", "Срок: 11 дней.", "Срок: 21 день."],
}
NUMBERS = (1, 2, 5, 11, 21, 112)


@pytest.fixture(scope="module")
def strings(tmp_path_factory) -> Catalog:
    return gathered(tmp_path_factory.mktemp("strings"))


def messages(found: Catalog) -> Iterator[Message]:
    return (message for message in found if message.id)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_holds_what_the_site_says_and_nothing_else(strings, lang):
    said, kept = ({(str(m.id), bool(m.pluralizable)) for m in messages(source)} for source in (strings, catalogue(lang)))
    assert len(said) > 500, "the strings were not gathered"
    assert said - kept == set(), "run `make messages` and translate"
    assert kept - said == set(), "run `make messages`"
    assert not catalogue(lang).obsolete


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_string_is_translated(lang):
    found = list(messages(catalogue(lang)))
    assert [m.id for m in found if not all(forms(m.string))] == []
    assert [m.id for m in found if m.fuzzy] == []
    assert {len(forms(m.string)) for m in found if m.pluralizable} == {{"ru": 3, "en": 2}[lang]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_survive(lang):
    broken = []
    for message in messages(catalogue(lang)):
        wanted = {tuple(sorted(PLACEHOLDER.findall(text))) for text in forms(message.id)}
        broken += [text for text in forms(message.string) if tuple(sorted(PLACEHOLDER.findall(text))) not in wanted]
    assert broken == []


def test_a_russian_string_is_its_own_translation():
    assert [m.id for m in messages(catalogue("ru")) if not m.pluralizable and m.string != m.id] == []


def test_english_is_english():
    texts = [text for m in messages(catalogue("en")) for text in forms(m.string)]
    assert [text for text in texts if CYRILLIC.search(text) or set("«»№") & set(text)] == []
    # What templates print is not escaped again: a stray character would be markup.
    assert [text for text in texts if "&" in text or re.search(r"<(?!/?a\b)", text)] == []


def test_english_keeps_the_shape_of_the_sentence():
    for message in messages(catalogue("en")):
        for text in forms(message.string):
            ends = [one[-1] in ".!?" and not one.endswith(ABBREVIATED) for one in forms(message.id)]
            assert (text[-1] in ".!?" and not text.endswith(ABBREVIATED)) in ends, (
                f"{message.id} / {text}: one ends as a sentence, the other does not"
            )
            assert text == text.strip() and "  " not in text


@pytest.mark.parametrize(("singular", "wanted"), FORMS.items())
def test_russian_plurals(singular, wanted):
    with (TRANSLATIONS / "ru" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = Translations(file)
    plural = next(m.id[1] for m in messages(catalogue("ru")) if m.pluralizable and m.id[0] == singular)
    assert [compiled.ungettext(singular, plural, n) % {"num": n} for n in NUMBERS[: len(wanted)]] == wanted


def test_all_russian_plurals_differ_where_the_language_does():
    """Every message with a number has its own form for 1 and 5; «1 человек, 5 человек» and «1 раз, 5 раз» are exceptions."""
    same = [m.id[0] for m in messages(catalogue("ru")) if m.pluralizable and m.string[0] == m.string[2]]
    theirs = "Эту практику вашего муниципалитета и ещё %(num)s больше никто не ведёт: их можно взять на себя"  # no noun to decline
    assert sorted(same) == ["%(num)s человек", "Спросили %(num)s раз", theirs, "ещё %(num)s человек", "пакет скачали %(num)s раз"]

"""The pages of help: whole in both languages, true to what the product does, and leading somewhere."""

import re

import pytest

from forum.accounts.models import PROBATION_POSTS
from forum.attachments.actions import MAX_FILES
from forum.core.level import Level
from forum.entries.deletion import TERM as DELETION
from forum.help.reading import FOLDER, TOPICS, page
from forum.help.rules import anchors
from forum.moderation import appeals, claims, reasons
from forum.moderation.sanctions import LONGEST_DAYS
from forum.practices.forms.fields import MAX_TAGS
from forum.practices.forms.practice import MAX_SUMMARY, MAX_TITLE
from forum.practices.models import Practice
from forum.saved_searches.models import QUOTA

LANGUAGES = ("ru", "en")
BOTH = pytest.mark.parametrize("lang", LANGUAGES)
RUSSIAN_EXAMPLE = re.compile('<code lang="ru">.*?</code>')


@pytest.fixture
def read(visitor):
    """Opens a page of help in a language, checking it."""

    def go(lang: str, address: str):
        visitor.client.set_cookie("lang", lang)
        return visitor.open(address)

    return go


@BOTH
def test_every_page_is_whole(read, lang):
    """Valid, with its own heading, every other heading with an anchor, and nothing of another language."""
    for topic in TOPICS:
        opened, written = read(lang, f"/help/{topic}"), page(topic, lang)
        assert written.lang == lang and opened.heading == " ".join(written.title.split())
        article = next(one for one in opened.tree.iter("article") if "help" in (one.get("class") or "").split())
        own = [section.anchor for section in written.sections]
        assert [one.get("id") for one in article.iter() if one.tag in ("h2", "h3", "h4", "h5")] == own and len(set(own)) == len(own)
        assert "{#" not in written.html
        assert lang == "ru" or not re.search("[А-Яа-яЁё«»]", RUSSIAN_EXAMPLE.sub("", written.html) + written.summary), topic


def test_both_languages_say_the_same_under_the_same_anchors():
    assert {path.stem for path in (FOLDER / "ru").iterdir()} == {path.stem for path in (FOLDER / "en").iterdir()} == set(TOPICS)
    for topic in TOPICS:
        russian, english = ([(one.anchor, one.level) for one in page(topic, lang).sections] for lang in LANGUAGES)
        assert russian == english, topic


def test_what_has_no_translation_is_read_in_russian():
    assert page("rules", "de") == page("rules", "ru")


@BOTH
def test_links_within_the_site_lead_somewhere(make, visitor, lang):
    links = {link for topic in TOPICS for link in re.findall(r'href="(/[^"]*)"', page(topic, lang).html)}
    assert len(links) > 5
    visitor.sign_in(make.person())  # some are for members
    for link in links:
        address, _, anchor = link.partition("#")
        answer = visitor.client.get(address)
        assert answer.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in answer.text, link


def test_the_contents_name_every_page(read):
    opened = read("ru", "/help")
    assert [f"/help/{topic}" for topic in TOPICS] == [link for link in opened.links() if re.fullmatch("/help/[a-z]+", link)][: len(TOPICS)]


def test_a_page_that_there_is_not_is_not_found(visitor):
    visitor.open("/help/nowhere", 404)


def test_a_guest_may_keep_a_page_and_it_costs_next_to_nothing(app, visitor, count_queries):
    first = visitor.open("/help/rules")
    assert "Set-Cookie" not in first.response.headers
    again = visitor.client.get("/help/rules", headers={"If-None-Match": first.response.headers["ETag"]})
    assert again.status_code == 304
    assert count_queries(lambda: visitor.open("/help/keys")) <= 2


def said(topic: str, words: str) -> bool:
    return words in page(topic, "ru").text.replace("\N{NO-BREAK SPACE}", " ")


def test_figures_are_those_of_the_code():
    assert said("writing", f"До {MAX_TITLE} знаков") and said("writing", f"до {MAX_SUMMARY} знаков")
    assert said("writing", f"До {MAX_FILES} файлов")
    assert said("writing", f"Удалённое {DELETION.days} дней") and said("moderation", f"{DELETION.days} дней её можно вернуть")
    assert (MAX_TAGS, len(Practice.REQUIRED), PROBATION_POSTS, claims.TERM.seconds) == (10, 7, 2, 600)  # said in words
    assert said("moderation", f"**{appeals.TERM.days} дней**") and said("moderation", f"От 1 до {LONGEST_DAYS} дней")
    assert said("search", f"до {QUOTA} поисков")
    assert len(Level) == 3 and said("moderation", "новичок, участник, доверенный участник")
    assert len(anchors()) == 11 and "Одиннадцать" in page("rules", "ru").summary


def test_every_rule_that_a_ready_reason_names_is_a_rule(session):
    named = [name for one in reasons.all_of(session) for name in re.findall("Правило «([^»]+)»", one.text)]
    assert len(named) > 8 and set(named) <= set(anchors())


def test_a_reason_leads_to_the_rule_it_names(make, session, visitor):
    practice = make.practice()
    reason = "Правило «Без рекламы»: уберите <b>цены</b>.\nПравило «Выдуманное»: нет такого."
    practice.hide(by=make.actor(make.moderator()), reason=reason)
    session.commit()
    visitor.sign_in(practice.author)
    opened = visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert f"/help/rules#{anchors()['Без рекламы']}" in opened.links()
    assert "уберите <b>цены</b>." in opened.words and "«Выдуманное»" in opened.words

"""What waits for a moderator and why; that nobody else sees it; and that it comes back."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.core.clock import now
from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.models import Report
from forum.trust.sameness import likeness, same, sketch

TEXT = "Мы заменили все светильники во дворах на новые и за три года вернули все деньги подрядчику"


def test_nearly_the_same_is_the_same_and_another_text_is_not():
    assert same(sketch(TEXT), sketch(TEXT.upper() + "!"))
    assert same(sketch(TEXT), sketch(TEXT.replace("подрядчику", "городу")))
    assert not same(sketch(TEXT), sketch("Мы собрали жителей и решили, какой двор благоустроить первым в этом году"))
    assert sketch("Спасибо, возьмём на заметку!") == []
    assert likeness([], []) == 0


@pytest.fixture
def latest(session):
    def find():
        found = session.scalar(select(Entry.id).order_by(Entry.id.desc()).limit(1))
        session.commit()
        return found

    return find


def _say(visitor, practice, body):
    return visitor.post(f"/entries/{practice.id}/comments", expect=303, body=body)


def test_the_same_text_again_within_a_day_waits_and_its_author_is_told(counted, make, browser, known, state, why, latest):
    first, second, third = make.practice(), make.practice(), make.practice()
    author = browser().sign_in(known())
    _say(author, first, TEXT)
    one = latest()
    assert state(one) == "published"
    page = author.open(_say(author, second, TEXT.replace("новые", "другие")).response.location.partition("#")[0])
    two = latest()
    assert (state(two), why(two)) == ("waiting", [("duplicate", str(one))])
    assert "почти такой же текст уже отправляли" in page.words
    assert "Почти такой же текст за сутки" in browser().sign_in(make.moderator()).open("/moderation").words
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        again = browser().sign_in(known("Олег Вчерашний"))
        _say(again, third, TEXT)
        assert state(latest()) == "published"


def test_what_was_taken_back_may_be_said_again(counted, make, browser, known, state, latest):
    practice, author = make.practice(), browser().sign_in(known())
    _say(author, practice, TEXT)
    author.post(f"/entries/{latest()}/withdrawal", expect=303)
    _say(author, practice, TEXT)
    assert state(latest()) == "published"


def test_several_newcomers_with_one_text_are_seen(counted, make, browser, why, latest):
    practice = make.practice()
    for name in ("Первый Новичок", "Второй Новичок"):
        _say(browser().sign_in(make.person(name, trusted=False)), practice, TEXT)
    assert [kind for kind, _ in why(latest())] == ["duplicate"]


def test_the_verified_say_the_same_five_times_before_anybody_looks(counted, make, browser, state, latest):
    author = browser().sign_in(make.person())
    for expected in ["published"] * 5 + ["waiting"]:
        _say(author, make.practice(), TEXT)
        assert state(latest()) == expected


def test_a_flood_waits(counted, make, browser, known, state, why, latest):
    practice, author = make.practice(), browser().sign_in(known())
    for number in range(5):
        _say(author, practice, f"Реплика {number}")
        assert state(latest()) == "published"
    _say(author, practice, "Реплика 6")
    assert (state(latest()), why(latest())) == ("waiting", [("flood", "")])


def test_newcomers_link_little_and_unknown_sites_are_named(make, browser, drain, why, latest):
    practice = make.practice()
    make.comment(practice, "Подробнее: https://known.example/page")
    drain()
    newcomer = browser().sign_in(make.person("Юлия Новикова", trusted=False))
    page = newcomer.post(
        f"/entries/{practice.id}/comments", expect=422, body="https://a.example https://b.example и ещё https://c.example"
    )
    assert "не больше 2 в одном тексте" in page.words
    assert "https://c.example" in page.text
    _say(newcomer, practice, "https://www.known.example/x и https://obninsk.gov.ru/")
    assert why(latest()) == []
    _say(newcomer, practice, "Смотрите https://shop.example/окна")
    assert why(latest()) == [("domain", "shop.example")]


@pytest.fixture
def reported(make, browser):
    """Has so many trusted people report an entry."""

    def report(entry, people):
        for person in people:
            browser().sign_in(person).post(f"/entries/{entry.id}/reports", reason="spam")

    return report


def test_three_trusted_reports_hold_until_they_are_declined(make, browser, session, reported, state, why, drain):
    practice = make.practice("Реклама окон")
    reported(practice, [make.person(f"Читатель {number}") for number in "АБ"])
    assert state(practice) == "published"
    reported(practice, [make.person("Читатель В")])
    assert (state(practice), why(practice)) == ("waiting", [("reports", "")])
    browser().open(f"/practices/{practice.id}/{practice.slug}", expect=404)
    drain()
    author = browser().sign_in(practice.author)
    assert "пожаловались несколько участников" in author.open(f"/practices/{practice.id}/{practice.slug}").words
    assert "На вашу практику пожаловались" in author.open("/notifications").words
    judge = browser().sign_in(make.moderator())
    assert "Жалобы доверенных участников" in judge.open("/moderation").words
    judge.post(f"/entries/{practice.id}/dismissal", reason="Нарушения нет")
    assert state(practice) == "published"
    browser().open(f"/practices/{practice.id}/{practice.slug}")
    kinds = session.scalars(select(Event.kind).where(Event.kind.in_(["moderation.held", "moderation.let_out"])).order_by(Event.id)).all()
    assert kinds == ["moderation.held", "moderation.let_out"]
    session.commit()
    reported(practice, [make.person(f"Читатель {number}") for number in "ГДЕ"])
    assert state(practice) == "published", "what a moderator has left standing is not held again"


def test_those_who_have_often_been_right_need_fewer(make, session, reported, state):
    practice, readers = make.practice(), [make.person("Зоркий Первый"), make.person("Зоркий Второй")]
    for reader in readers:
        for _ in range(3):
            made = make.report(make.comment(practice), reader)
            made.outcome, made.resolved_at = "upheld", now()
    session.commit()
    reported(practice, readers)
    assert state(practice) == "waiting"


def test_reports_of_newcomers_and_of_the_often_wrong_hold_nothing(make, session, reported, state, known):
    practice = make.practice()
    wrong = [make.person(f"Сутяга {number}") for number in "АБВ"]
    for reader in wrong:
        for _ in range(3):
            made = make.report(make.comment(practice), reader)
            made.outcome, made.resolved_at = "declined", now()
    session.commit()
    reported(practice, [*wrong, *[make.person(f"Новичок {n}", trusted=False) for n in "АБ"], *[known(f"Участник {n}") for n in "АБ"]])
    assert state(practice) == "published"
    assert len(session.scalars(select(Report.id).where(Report.entry_id == practice.id)).all()) == 7


def test_hiding_what_was_held_settles_its_reports(make, browser, session, reported, state):
    practice = make.practice()
    reported(practice, [make.person(f"Читатель {number}") for number in "АБВ"])
    browser().sign_in(make.moderator()).post(f"/entries/{practice.id}/hiding", reason="Реклама")
    assert state(practice) == "hidden"
    assert session.scalars(select(Report.outcome).where(Report.entry_id == practice.id)).all() == ["upheld"] * 3


def test_what_is_held_is_nowhere(make, browser, reported, state):
    practice = make.practice("Уникальнейшие голубые окна")
    comment = make.comment(practice, "Отличнейшие бирюзовые двери")
    other = make.practice("Светлые дворы")
    reported(practice, [make.person(f"Читатель {number}") for number in "АБВ"])
    assert state(practice) == "waiting"
    guest = browser()
    lists = ("/", "/practices", "/feed.atom", "/sitemap.xml", "/regions/40", "/search?q=голубые+окна")
    for address in (*lists, f"/people/{practice.author.handle}"):
        text = guest.open(address, check=False, expect=200).text
        assert "Уникальнейшие" not in text, address
        assert "Отличнейшие" not in text, address
    for address in (
        f"/practices/{practice.id}/{practice.slug}",
        f"/practices/{practice.id}/history",
        f"/comments/{comment.id}",
        f"/api/v1/practices/{practice.id}",
        f"/api/v1/practices/{practice.id}/comments",
    ):
        guest.open(address, expect=404)
        browser().sign_in(make.person()).open(address, expect=404)
    assert [item["id"] for item in guest.client.get("/api/v1/practices").json["items"]] == [other.id]

"""The timeline put right after it was written: words, days, photos, a note taken back, two who do it at once."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select

from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.attachments.models import Attachment
from forum.core import events
from forum.entries.models import Revision
from forum.moderation import rewording
from forum.search.models import Queued
from forum.trust.models import WordRule


@pytest.fixture
def person(make):
    return make.person(region="69")


@pytest.fixture
def adoption(make, session, person):
    """Opened on 1 March, launched on 1 May, with a note in between and another after."""
    made, actor = make.adoption(make.practice("Светлые дворы"), person), make.actor(person)
    made.amend(made.steps()[0], "Хотим так же.", date(2024, 3, 1))
    made.tell(actor, "Ждём смету.", date(2024, 4, 1))
    made.advance(Stage.LAUNCH, actor, date(2024, 5, 1), "Начали.")
    made.tell(actor, "Светло.", date(2024, 5, 9))
    session.commit()
    return made


@pytest.fixture
def keeper(browser, person):
    return browser().sign_in(person)


def rows(session, query):
    """What the database says now; nothing is held open."""
    found = session.execute(query).all()
    session.commit()
    return found


def notes(session, adoption):
    n = AdoptionNote.__table__
    return rows(session, select(n).where(n.c.adoption_id == adoption.id).order_by(n.c.id))


def record(session, adoption):
    a = Adoption.__table__
    return rows(session, select(a).where(a.c.id == adoption.id))[0]


def path(note):
    return f"/adoptions/{note.adoption_id}/notes/{note.id}"


def picture(shade="gray"):
    file = io.BytesIO()
    Image.new("RGB", (400, 300), shade).save(file, "JPEG")
    return io.BytesIO(file.getvalue()), f"{shade}.jpg"


def test_words_and_day_are_put_right_and_the_former_ones_stay_in_the_history(make, session, browser, keeper, adoption):
    note = notes(session, adoption)[3]
    assert path(note) + "/edit" in keeper.open(f"/adoptions/{adoption.id}").links()
    assert "Изменить" not in browser().open(f"/adoptions/{adoption.id}").text.partition("timeline")[2]
    form = keeper.open(path(note) + "/edit").form("/edit")
    assert (form["body"], form["happened_on"]) == ("Светло.", "09.05.2024")
    there = keeper.post(path(note) + "/edit", 303, **form | {"body": "Светло **везде**.", "happened_on": "12.05.2024"})
    assert there.response.location.endswith(f"#note-{note.id}")
    assert "Светло везде." in browser().open(f"/adoptions/{adoption.id}").words
    note = notes(session, adoption)[3]
    assert note.happened_on == date(2024, 5, 12) and record(session, adoption).html["note"] == note.html
    history = select(Revision.snapshot).where(Revision.entry_id == adoption.id).order_by(Revision.number)
    kept = [said["notes"][str(note.id)] for (said,) in rows(session, history)]
    assert kept[-2:] == ["Светло.", "Светло **везде**."]
    told = events.latest(session, "adoption.note_mended", adoption.id)
    assert told.data == {"note": note.id, "was_on": "2024-05-09"} and session.get(Queued, adoption.id) is not None


def test_days_keep_the_rules_of_new_notes_and_nothing_typed_is_lost(session, keeper, adoption):
    opening, between, launch, _last = notes(session, adoption)
    form = keeper.open(path(between) + "/edit").form("/edit") | {"body": "Ждали смету."}
    for day, words in (("01.01.2999", "ещё не наступил"), ("01.01.1001", "слишком давно"), ("вчера", "Нужна дата"), ("", "когда это было")):
        refused = keeper.post(path(between) + "/edit", 422, **form | {"happened_on": day})
        assert words in refused.words and refused.form("/edit")["body"] == "Ждали смету."
    late = keeper.post(path(opening) + "/edit", 422, **keeper.open(path(opening) + "/edit").form("/edit") | {"happened_on": "02.05.2024"})
    assert "Следующий шаг был 01.05.2024" in late.words
    form = keeper.open(path(launch) + "/edit").form("/edit")
    keeper.post(path(launch) + "/edit", 303, **form | {"happened_on": "05.01.2024"})
    new = keeper.open(f"/adoptions/{adoption.id}/notes/new").form("/notes") | {"stage": "result", "body": "Готово."}
    early = keeper.post(f"/adoptions/{adoption.id}/notes", 422, **new | {"happened_on": "04.01.2024"})
    assert "Предыдущий шаг был 05.01.2024" in early.words
    keeper.post(f"/adoptions/{adoption.id}/notes", 303, **new | {"happened_on": "01.06.2024"})
    result = notes(session, adoption)[-1]
    form = keeper.open(path(result) + "/edit").form("/edit")
    assert "Напишите, что получилось" in keeper.post(path(result) + "/edit", 422, **form | {"body": " "}).words
    keeper.post(path(result) + "/edit", 303, **form | {"body": "Всё готово.", "happened_on": "03.06.2024"})
    found = record(session, adoption)
    assert (found.opened_on, found.closed_on, found.outcome) == (date(2024, 1, 5), date(2024, 6, 3), "Всё готово.")


def test_photos_are_added_described_replaced_and_removed(session, keeper, adoption):
    note = notes(session, adoption)[3]
    address = path(note) + "/edit"
    form = keeper.open(address).form("/edit")
    keeper.post(address, 303, data=form | {"photo1": picture(), "alt1": "Двор", "photo2": picture("white"), "alt2": "Сквер"})
    form = keeper.open(address).form("/edit")
    assert (form["alt1"], form["alt2"], form["was3"]) == ("Двор", "Сквер", "")
    assert "Опишите, что на фото" in keeper.post(address, 422, **form | {"alt2": ""}).words
    bad = keeper.post(address, 422, data=form | {"photo1": (io.BytesIO(b"text"), "двор.txt"), "remove2": "y", "body": "Светло!"})
    assert "Это не картинка" in bad.words and bad.form("/edit")["remove2"] == "y" and len(notes(session, adoption)[3].photos) == 2
    keeper.post(address, 303, data=form | {"photo1": picture("black"), "alt1": "Двор ночью", "remove2": "y"})
    note = notes(session, adoption)[3]
    (file,) = rows(session, select(Attachment.id, Attachment.alt))
    assert (note.photos, file.alt) == ([file.id], "Двор ночью")
    keeper.post(address, 303, **keeper.open(address).form("/edit") | {"alt1": "Двор вечером"})
    assert 'alt="Двор вечером"' in keeper.open(f"/adoptions/{adoption.id}").text


def test_a_plain_note_is_taken_back_and_a_step_is_not(session, browser, keeper, adoption):
    _opening, _between, launch, last = notes(session, adoption)
    address = path(last) + "/edit"
    keeper.post(address, 303, data=keeper.open(address).form("/edit") | {"photo1": picture(), "alt1": "Двор"})
    keeper.post(path(last) + "/removal", 303, **keeper.open(address).form("/removal"))
    keeper.post(path(last) + "/removal", 303)
    assert "Светло." not in browser().open(f"/adoptions/{adoption.id}").words
    assert [note.id for note in notes(session, adoption)][-1] == launch.id and not rows(session, select(Attachment.id))
    assert record(session, adoption).html["note"] == launch.html
    assert "Убрать запись" not in keeper.open(path(launch) + "/edit").words
    assert "Шаг убрать нельзя" in keeper.post(path(launch) + "/removal", 422).text
    keeper.open(path(last) + "/edit", 404)
    lost = keeper.post(address, 409, body="Светло и тихо.", happened_on="09.05.2024")
    assert "тем временем убрали" in lost.words and lost.form("/notes")["body"] == "Светло и тихо."


def test_two_who_change_the_same_note_are_told_and_both_texts_are_kept(make, session, browser, person, keeper, adoption):
    note = notes(session, adoption)[3]
    colleague = browser().sign_in(make.person("Ольга Петрова", municipality=person.municipality))
    colleague.post(f"/adoptions/{adoption.id}/people", 303)
    form = keeper.open(path(note) + "/edit").form("/edit")
    removal = keeper.open(path(note) + "/edit").form("/removal")
    colleague.post(path(note) + "/edit", 303, **colleague.open(path(note) + "/edit").form("/edit") | {"body": "Светло и тихо."})
    keeper.post(path(note) + "/edit", 303, **form | {"happened_on": "10.05.2024"})
    assert notes(session, adoption)[3].body == "Светло и тихо."
    assert "прежде чем убирать" in keeper.post(path(note) + "/removal", 409, **removal).words
    clash = keeper.post(path(note) + "/edit", 409, **form | {"body": "Светло и чисто."})
    assert "Сейчас: Ольга Петрова" in clash.words and "тихо" in clash.words and clash.form("/edit")["body"] == "Светло и чисто."
    assert clash.form("/edit")["happened_on"] == "10.05.2024"
    keeper.post(path(note) + "/edit", 303, **clash.form("/edit"))
    note = notes(session, adoption)[3]
    assert (note.body, note.happened_on) == ("Светло и чисто.", date(2024, 5, 10))


def test_a_moderators_correction_is_not_written_over_unseen(make, session, keeper, adoption):
    note = notes(session, adoption)[1]
    form = keeper.open(path(note) + "/edit").form("/edit")
    rewording.correct(session, adoption, {f"note-{note.id}": "Ждём."}, make.actor(make.moderator()), "Опечатка")
    session.commit()
    keeper.post(path(note) + "/edit", 409, **form | {"body": "Ждём смету и подрядчика."})


def test_changed_words_are_screened_and_a_question_is_not_the_towns_to_change(make, session, browser, keeper, adoption):
    session.add(WordRule(words="казино", action="hold"))
    session.commit()
    note = notes(session, adoption)[1]
    keeper.post(path(note) + "/edit", 303, **keeper.open(path(note) + "/edit").form("/edit") | {"body": "Казино ждёт."})
    assert session.get_one(Adoption, adoption.id, populate_existing=True).state == "waiting"
    stranger = browser().sign_in(make.person(region="71"))
    stranger.open(path(note) + "/edit", 404)
    colleague = make.person("Ян", region="69")
    other = make.adoption(make.practice("Тихие улицы"), colleague, stage="result")
    other.question(make.actor(make.moderator()), "Сколько?")
    session.commit()
    browser().sign_in(colleague).open(path(notes(session, other)[-1]) + "/edit", 403)

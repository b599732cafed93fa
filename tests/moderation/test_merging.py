"""Two practices that say the same become one: everything moves along, the old address leads on, and it can be taken back."""

import pytest
from sqlalchemy import func, select

from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.core.events import Event
from forum.entries.models import Entry
from forum.moderation.models import Report
from forum.moderation.undoing import undo
from forum.practices.models import Practice
from forum.search import indexing
from forum.votes.models import Vote, cast


@pytest.fixture
def moderator(make, browser):
    return browser().sign_in(make.moderator("Галина Миронова", region="69"))


@pytest.fixture
def pair(make, session):
    """The one to go with three comments, three votes and two bookmarks, and the one to stay with some of the same people's."""
    gone, kept = make.practice("Светлые дворы"), make.practice("Светлые улицы")
    people = [make.person(f"Читатель {number}") for number in range(3)]
    top = make.comment(gone, "Сколько стоило?")
    make.comment(gone, "Миллион", parent=top)
    make.comment(kept, "А у нас иначе")
    for person, value in zip(people, (1, 1, -1), strict=True):
        cast(session, gone, make.actor(person), value)
    cast(session, gone, make.actor(kept.author), 1)
    cast(session, kept, make.actor(people[0]), -1)
    for person, entries in ((people[0], (gone, kept)), (people[1], (gone,))):
        session.add_all(Bookmark(person_id=person.id, entry_id=entry.id) for entry in entries)
    make.report(gone, people[2])
    session.commit()
    return gone, kept, people


def fresh(session, entry):
    session.commit()
    found = session.get_one(Practice, entry.id, populate_existing=True)
    session.commit()
    return found


def shape(session, *practices):
    session.commit()
    found = []
    for practice in practices:
        votes = dict(session.execute(select(Vote.person_id, Vote.value).where(Vote.entry_id == practice.id)).all())
        comments = set(session.scalars(select(Comment.id).where(Comment.on_id == practice.id, Comment.root_id == practice.id)))
        bookmarks = set(session.scalars(select(Bookmark.person_id).where(Bookmark.entry_id == practice.id)))
        row = session.get_one(Practice, practice.id, populate_existing=True)
        found.append((row.state, row.comments_count, row.score, row.ups, row.downs, votes, comments, bookmarks))
    session.commit()
    return found


def merge(moderator, gone, kept, expect=302, **fields):
    page = moderator.open(f"/entries/{gone.id}/merging?kept={kept.id}")
    form = page.form(f"/entries/{gone.id}/merging")
    return moderator.post(f"/entries/{gone.id}/merging", expect, **form | {"reason": "Одно и то же"} | fields)


def test_what_would_move_is_said_before(pair, moderator):
    gone, kept, _people = pair
    words = moderator.open(f"/entries/{gone.id}/merging?kept=http://127.0.0.1:8000/practices/{kept.id}/svetlye").words
    for said in ("2 комментария", "2 голоса", "ещё 2 –", "1 закладка", "Не перейдёт", "Текст карточки", "Старый адрес"):
        assert said in words, said


def test_people_keep_what_they_left(pair, session, moderator):
    gone, kept, (first, second, third) = pair
    merge(moderator, gone, kept)
    there, here = shape(session, gone, kept)
    assert there[:2] == ("merged", 0)
    state, comments, score, ups, downs, votes, ids, bookmarks = here
    assert (state, comments, len(ids)) == ("published", 3, 3)
    # One vote for each: the first's stays as it was at the kept one; its author's own goes nowhere.
    assert votes == {first.id: -1, second.id: 1, third.id: -1}
    assert (score, ups, downs) == (-1, 1, 2)
    assert bookmarks == {first.id, second.id}
    assert session.scalar(select(Report.outcome)) == "upheld"


def test_the_old_address_leads_to_the_kept_one(pair, session, moderator, browser):
    gone, kept, _people = pair
    merge(moderator, gone, kept)
    for visitor in (browser(), browser().sign_in(gone.author), moderator):
        for address in (f"/practices/{gone.id}", f"/practices/{gone.id}/{gone.slug}", f"/practices/{gone.id}/whatever"):
            response = visitor.open(address, 301).response
            assert response.location == f"/practices/{kept.id}/{kept.slug}"
            assert response.headers["Cache-Control"] in ("no-cache", "private, no-store")
    guest = browser().client
    card = guest.get(f"/api/v1/practices/{gone.id}").json
    assert (card["id"], card["title"]) == (kept.id, "Светлые улицы")
    assert len(guest.get(f"/api/v1/practices/{gone.id}/comments").json["items"]) == 3
    assert "Светлые дворы" not in browser().open("/practices").words
    assert browser().sign_in(gone.author).open("/drafts").words.count("Светлые дворы") == 0


def test_a_chain_of_merges_leads_to_its_end(pair, make, moderator, browser):
    gone, kept, _people = pair
    last = make.practice("Светлый город")
    merge(moderator, gone, kept)
    merge(moderator, kept, last)
    assert browser().open(f"/practices/{gone.id}", 301).response.location == f"/practices/{last.id}/{last.slug}"


def test_search_finds_the_kept_one_only(pair, app, session, moderator, browser):
    gone, kept, _people = pair
    merge(moderator, gone, kept)
    with app.app_context():
        indexing.drain(session, app.extensions["search"])
    words = browser().open("/search?q=светлые").words
    assert "Светлые улицы" in words
    assert "Светлые дворы" not in words


def test_those_who_adapted_the_one_name_the_other(pair, make, session, moderator):
    gone, kept, _people = pair
    adapted = make.practice(donor_id=gone.id)
    merge(moderator, gone, kept)
    assert fresh(session, adapted).donor_id == kept.id


def test_the_author_of_what_went_writes_on_it_no_more(pair, session, moderator, browser):
    gone, kept, _people = pair
    merge(moderator, gone, kept)
    author = browser().sign_in(gone.author)
    author.post(f"/entries/{gone.id}/withdrawal", 403)
    author.post(f"/practices/{gone.id}/publication", 403, published="0")
    author.open(f"/practices/{gone.id}/edit", 403)
    assert fresh(session, gone).state == "merged"


@pytest.mark.parametrize("what", ["itself", "draft", "hidden", "comment", "nothing", "own", "foreign"])
def test_what_cannot_be_merged_is_refused(pair, make, session, browser, what):
    gone, kept, _people = pair
    person = make.moderator("Сергей Рощин", regions=["40"])
    regional = browser().sign_in(person)
    targets = {
        "itself": lambda: gone,
        "draft": lambda: make.practice(state="draft"),
        "hidden": lambda: make.practice(state="hidden"),
        "comment": lambda: make.comment(kept),
        "own": lambda: make.practice(author=person),
        "foreign": lambda: make.practice(municipality=make.place(region="69")),
    }
    number = targets[what]().id if what in targets else 424242
    regional.open(f"/entries/{gone.id}/merging?kept={number}", 422)
    page = regional.post(f"/entries/{gone.id}/merging", 422, kept=str(number), reason="Одно и то же")
    assert "Одно и то же" in page.text
    assert fresh(session, gone).state == "published"


def test_merging_across_regions_needs_both(pair, make, session, browser):
    gone, _kept, _people = pair
    far = make.practice(municipality=make.place(region="69"))
    for regions in (["40"], ["69"]):
        one = browser().sign_in(make.moderator(regions=regions))
        one.post(f"/entries/{gone.id}/merging", 422 if regions == ["40"] else 403, kept=str(far.id), reason="Одно и то же")
        one.post(f"/entries/{gone.id}/claim", 303 if regions == ["40"] else 403, taken="0")
    both = browser().sign_in(make.moderator(regions=["40", "69"]))
    both.post(f"/entries/{gone.id}/merging", kept=str(far.id), reason="Одно и то же")
    assert fresh(session, gone).merged_into_id == far.id
    assert set(session.scalars(select(Comment.region_code).where(Comment.on_id == far.id))) == {"69"}


def test_a_merge_without_a_reason_shows_again_what_would_move(pair, session, moderator):
    gone, kept, _people = pair
    page = merge(moderator, gone, kept, 422, reason=" ")
    assert "Укажите причину" in page.words
    assert "2 комментария" in page.words
    assert fresh(session, gone).state == "published"


def test_a_merge_is_undone_within_what_was_moved(pair, make, session, moderator):
    gone, kept, (first, second, third) = pair
    before = shape(session, gone, kept)
    adapted = make.practice(donor_id=gone.id)
    merge(moderator, gone, kept)
    later = make.comment(kept, "Уже после")
    moved = session.scalar(select(Comment).where(Comment.body == "Сколько стоило?"))
    answered = make.comment(session.get_one(Entry, kept.id), "Ответ после", parent=moved)
    cast(session, session.get_one(Practice, kept.id), make.actor(third), 0)
    session.commit()
    event = session.scalar(select(Event).where(Event.kind == "moderation.merged"))
    undo(session, event, make.actor(make.moderator()), "Это разные дворы")
    session.commit()
    there, here = shape(session, gone, kept)
    state, number, score, ups, downs, votes, ids, bookmarks = there
    # The answer written since goes with what it answers; the vote taken back since stays taken back.
    assert (state, number, ids) == ("published", 3, before[0][6] | {answered.id})
    assert votes == {first.id: 1, second.id: 1, kept.author_id: 1}
    assert (score, ups, downs) == (3, 3, 0)
    assert bookmarks == before[0][7]
    assert here[5:] == (before[1][5], before[1][6] | {later.id}, before[1][7])
    assert fresh(session, adapted).donor_id == gone.id
    assert session.scalar(select(func.count()).where(Report.resolved_at.is_(None))) == 1

"""Adoptions in lists, in search and in the API: what ranks, what narrows, what is told."""

import pytest
from sqlalchemy import select, update

from forum.adoptions.models import Adoption
from forum.core import events
from forum.core.errors import Refused
from forum.moderation import merging
from forum.moderation.undoing import undo
from forum.practices import saving
from forum.practices.models import Practice
from forum.search import indexing


@pytest.fixture
def site(make):
    """Three practices of one town: adopted by two others (a third is at it), by one, by none."""
    author = make.person()
    made = [make.practice(f"Тёплый двор {name}", author=author, municipality=author.municipality) for name in ("два", "один", "ноль")]
    for practice, stages in zip(made, (("result", "result", "launch"), ("result",), ()), strict=True):
        for number, stage in enumerate(stages):
            make.adoption(practice, make.person(region=str(50 + number)), stage=stage, confirmed=stage == "result")
    return made


def titles(page):
    return [" ".join("".join(h.itertext()).split()) for h in page.tree.findall(".//ul[@class='results']/li/h2")]


def test_a_list_is_ordered_and_narrowed_by_confirmed_adoptions(site, visit):
    ordered = visit("/practices?sort=adopted")
    assert titles(ordered) == ["Тёплый двор два", "Тёплый двор один", "Тёплый двор ноль"]
    assert "внедрили 2" in ordered.words and "внедряют 1" in ordered.words
    assert set(titles(visit("/practices?adopted=yes"))) == {"Тёплый двор два", "Тёплый двор один"}
    assert titles(visit("/practices?adopted=yes&region=40&sort=adopted")) == ["Тёплый двор два", "Тёплый двор один"]


def test_search_orders_narrows_and_finds_what_towns_wrote(app, session, make, site, visit):
    make.adoption(site[2], make.person(region="60"), stage="refused")
    indexing.drain(session, app.extensions["search"])
    session.commit()
    assert titles(visit("/search?q=тёплый+двор&sort=adopted&kind=practice"))[:2] == ["Тёплый двор два", "Тёплый двор один"]
    narrowed = visit("/search?q=двор&adopted=yes&kind=practice")
    assert set(titles(narrowed)) == {"Тёплый двор два", "Тёплый двор один"} and "Внедрили другие" in narrowed.words
    found = visit("/search?q=подрядчик&kind=adoption")
    assert len(titles(found)) == 1 and "Внедрение" in found.words
    app.extensions["search"].close()


def test_programs_read_numbers_adoptions_and_filters(app, session, site):
    client = app.test_client()
    listed = client.get("/api/v1/practices?adopted=yes&sort=adopted").json["items"]
    assert [(item["adoptions"], item["open_adoptions"]) for item in listed] == [(2, 1), (1, 0)]
    told = client.get(f"/api/v1/practices/{site[0].id}/adoptions?limit=2").json
    assert len(told["items"]) == 2 and told["next"]
    more = client.get(f"/api/v1/practices/{site[0].id}/adoptions?limit=2&cursor={told['next']}").json
    every = [*told["items"], *more["items"]]
    assert sorted(item["stage"] for item in every) == ["launch", "result", "result"] and more["next"] is None
    assert client.get("/api/v1/practices?adopted=no").status_code == 422


def test_a_merge_takes_adoptions_along_and_gives_them_back(make, session, site):
    twice, once = (session.get_one(Practice, practice.id) for practice in site[:2])
    moderator = make.actor(make.moderator())
    merging.merge(session, once, twice, moderator, "Одно и то же", [])
    session.commit()
    assert (twice.list_adoptions, twice.open_adoptions) == (3, 1)
    assert {row.title for row in session.scalars(select(Adoption).where(Adoption.practice_id == twice.id))} == {"Тёплый двор два"}
    undo(session, events.latest(session, "moderation.merged", once.id), moderator, "Всё-таки разное")
    session.commit()
    assert [(practice.list_adoptions, practice.open_adoptions) for practice in (twice, once)] == [(2, 1), (1, 0)]


def test_numbers_that_drifted_are_put_right(app, session, site):
    session.execute(update(Practice.__table__).values(list_adoptions=7, open_adoptions=7))
    session.commit()
    result = app.test_cli_runner().invoke(args=["adoptions", "count"])
    assert "Исправлено практик: 3." in result.output
    found = [session.get_one(Practice, practice.id, populate_existing=True) for practice in site]
    assert [(practice.list_adoptions, practice.open_adoptions) for practice in found] == [(2, 1), (1, 0), (0, 0)]


def test_a_family_has_no_circles(session, site):
    first, second = (session.get_one(Practice, practice.id) for practice in site[:2])
    second.donor_id = first.id
    session.commit()
    with pytest.raises(Refused) as refused:
        saving.fill(session, first, {"donor_id": second.id})
    assert refused.value.code == "practice.donor_circle"


@pytest.mark.parametrize("address", ["/practices/{practice}/adoptions", "/adoptions/{adoption}", "/regions/50/adoptions"])
def test_pages_cost_the_same_however_much_there_is(make, browser, count_queries, address):
    practice = make.practice()
    adoption = make.adoption(practice, make.person(region="50"), stage="result")
    path = address.format(practice=practice.id, adoption=adoption.id)
    browser().open(path)
    make.comment(adoption)
    few = count_queries(lambda: browser().open(f"{path}?x=1"))
    author = make.person(region="50")
    for number in range(4):
        make.adoption(practice, make.person(region=str(51 + number)), stage="refused")
        make.adoption(make.practice(), author, stage="result")
        make.comment(adoption)
    many = count_queries(lambda: browser().open(f"{path}?x=2"))
    assert few == many <= 8
    reader = browser().sign_in(make.person())
    assert count_queries(lambda: reader.open(path)) <= 12

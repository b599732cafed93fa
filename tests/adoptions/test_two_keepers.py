"""Two who keep one record write over each other: both see what was, what is and what they wrote, and choose."""

import pytest
from sqlalchemy import select

from forum.adoptions.models import Adoption
from forum.entries.models import Revision
from forum.practices.views.changes import in_words

ADVICE = "Начните с одного двора."
THEIRS = "Начните с трёх дворов."
MINE = "Начните с одной улицы."


@pytest.fixture
def met(make, session, browser):
    """The record, and the page that its second keeper gets after the first one saved the same field and another."""
    person = make.person("Мария", region="69")
    adoption = make.adoption(make.practice("Светлые дворы"), person, stage="result")
    there = f"/adoptions/{adoption.id}/edit"
    first, second = browser().sign_in(person), browser().sign_in(make.person("Ольга", municipality=person.municipality))
    second.post(f"/adoptions/{adoption.id}/people", 303)
    first.post(there, 303, **first.open(there).form("/edit") | {"advice": ADVICE})
    form = second.open(there).form("/edit")
    first.post(there, 303, **first.open(there).form("/edit") | {"advice": THEIRS, "changed": "Опоры свои."})
    return adoption, second, second.post(there, 409, **form | {"advice": MINE, "costs-local": "500"})


def saved(session, adoption):
    found = session.get_one(Adoption, adoption.id, populate_existing=True)
    return found.advice, found.changed, found.cost_local


def test_the_page_sets_three_texts_side_by_side(met):
    _adoption, _second, page = met
    three = page.tree.find(".//*[@class='three-way']")
    was, theirs, mine = ("".join(side.itertext()) for side in three)
    assert ADVICE in was and "одного" in mine and "одной улицы" in mine
    assert "Мария" in theirs and "трёх дворов" in theirs
    assert "Совет тем, кто будет внедрять" in page.words
    assert page.form("/edit")["advice"] == MINE and page.form("/edit")["changed"] == "Опоры свои."


def test_own_words_stay_and_the_others_are_kept_in_the_history(met, session):
    adoption, second, page = met
    second.post(f"/adoptions/{adoption.id}/edit", 303, **page.form("/edit"), **{"choice-advice": "mine"})
    assert saved(session, adoption) == (MINE, "Опоры свои.", 500)
    kept = [row.snapshot["advice"] for row in session.scalars(select(Revision).where(Revision.entry_id == adoption.id))]
    assert THEIRS in kept and MINE in kept


def test_the_others_words_are_taken_and_the_rest_of_the_form_stays(met, session):
    adoption, second, page = met
    second.post(f"/adoptions/{adoption.id}/edit", 303, **page.form("/edit"), **{"choice-advice": "theirs"})
    assert saved(session, adoption) == (THEIRS, "Опоры свои.", 500)


def test_figures_stand_as_people_write_them(app):
    rows = [{"name": "Расход", "unit": "кВт·ч", "before": 498, "after": 77.0, "on": None, "source": ""}]
    with app.test_request_context():
        assert in_words("indicators", rows) == "Расход · кВт·ч · 498 · 77"
        assert in_words("indicators", [{**rows[0], "before": 1240.5}]).endswith("240,5 · 77")

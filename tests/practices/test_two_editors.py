"""Two people write one practice, or one comment: each keeps what they wrote, and chooses where both changed the same."""

import pytest

from forum.entries import meeting
from forum.practices.models import Step
from tests.practices.cards import only


@pytest.fixture
def author(make, sign_in):
    make.nomination(1)
    person = make.person("Мария Соколова")
    sign_in(person)
    return person


@pytest.fixture
def practice(make, author):
    return make.practice("Светлые дворы", author=author, municipality=make.place("Обнинск"), steps=[Step("Первый")], tags=["свет"])


@pytest.fixture
def editors(practice, visitor, browser, make):
    """The author and a moderator, each with the form open: `save(who, status, **fields)`."""
    address = f"/practices/{practice.id}/edit"
    people = {"mine": visitor, "theirs": browser().sign_in(make.moderator("Галина Миронова"))}
    forms = {who: person.open(address).form("/edit") for who, person in people.items()}
    forms["theirs"]["reason"] = "Уточнила"

    def save(who: str, status: int = 303, **fields: str):
        return people[who].post(address, status, data=forms[who] | {name.replace("__", "-"): value for name, value in fields.items()})

    save.address, save.mine = address, forms["mine"]
    return save


def test_what_only_one_changed_is_put_together(editors, visitor, session):
    editors("theirs", summary="Короче и яснее.", costs__local="2000000", tags="свет, энергия")
    editors("mine", results="Расход упал втрое.", steps__0__what="Первый шаг, подробно")
    practice = only(session)
    assert (practice.summary, practice.cost_local, practice.results) == ("Короче и яснее.", 2_000_000, "Расход упал втрое.")
    assert practice.steps == [Step("Первый шаг, подробно")]
    words = visitor.open(f"/practices/{practice.id}/{practice.slug}").words
    assert "Галина Миронова" in words and "«Кратко»" in words and "«Результаты»" not in words


def test_where_both_changed_the_same_three_texts_stand_side_by_side(editors, visitor, session):
    editors("theirs", results="Расход упал на 52 %.", summary="Короче и яснее.")
    page = editors("mine", 409, results="Расход упал вдвое, город сэкономил.", lessons="Считайте заранее.")
    (sides,) = page.tree.findall(".//div[@class='three-way']")
    texts = [" ".join("".join(side.itertext()).split()) for side in sides]
    assert texts[0] == "БылоРасход энергии упал вдвое." and "52 %" in texts[1] and "город сэкономил" in texts[2]
    form = page.form("/edit")
    assert (form["results"], form["summary"]) == ("Расход упал вдвое, город сэкономил.", "Короче и яснее.")
    assert only(session).results == "Расход упал на 52 %.", "nothing is saved before the choice"
    visitor.post(editors.address, 303, data=form | {"choice-results": "theirs"})
    practice = only(session)
    assert (practice.results, practice.summary, practice.lessons) == ("Расход упал на 52 %.", "Короче и яснее.", "Считайте заранее.")


def test_ones_own_words_are_saved_when_chosen_and_the_others_stay_in_the_history(editors, visitor, session):
    editors("theirs", results="Расход упал на 52 %.")
    form = editors("mine", 409, results="Расход упал вдвое.").form("/edit")
    visitor.post(editors.address, 303, data=form | {"choice-results": "mine"})
    assert only(session).results == "Расход упал вдвое."
    assert "на 52 %" in visitor.open(editors.address.replace("edit", "history/2")).words


def test_rows_and_places_clash_as_wholes(editors, visitor, session, make):
    make.place("Боровск")
    editors("theirs", municipality="Боровск, Калужская область", steps__0__what="Их шаг", nomination="1")
    page = editors("mine", 409, municipality="Город, Калужская область", steps__0__what="Мой шаг", add_place="1")
    form = page.form("/edit")
    assert len(page.tree.findall(".//div[@class='three-way']")) == 2
    visitor.post(editors.address, 303, data=form | {"choice-municipality_id": "theirs", "choice-steps": "theirs"})
    practice = only(session)
    assert practice.steps == [Step("Их шаг")] and practice.municipality_id is not None


def test_a_third_change_meanwhile_is_asked_about_anew(editors, visitor, session, browser, make):
    editors("theirs", results="Второй вариант.")
    form = editors("mine", 409, results="Мой вариант.").form("/edit")
    other = browser().sign_in(make.moderator("Пётр Третий"))
    other.post(editors.address, 303, data=other.open(editors.address).form("/edit") | {"results": "Третий вариант.", "reason": "Ещё"})
    page = visitor.post(editors.address, 409, data=form | {"choice-results": "theirs"})
    assert "Пётр Третий" in page.words and page.form("/edit")["results"] == "Мой вариант."


def test_two_windows_of_one_draft_lose_nothing(make, author, visitor, session):
    draft = make.practice("Черновик", author=author, state="draft")
    address = f"/practices/{draft.id}/edit"
    one, two = visitor.open(address).form("/edit"), visitor.open(address).form("/edit")
    visitor.post(address, 303, data=one | {"problem": "Первое окно", "action": "draft"})
    visitor.post(address, 303, data=two | {"lessons": "Второе окно", "action": "draft"})
    practice = only(session)
    assert (practice.problem, practice.lessons) == ("Первое окно", "Второе окно")


def test_a_change_of_state_alone_asks_nothing(editors, practice, session, make):
    practice.lock(by=make.actor(make.moderator()), locked=True, reason="Спор")
    practice.touch()
    session.commit()
    editors("mine", results="Мои слова.")
    assert only(session).results == "Мои слова."


def test_a_comment_changed_in_two_windows_shows_three_texts(make, author, visitor, session):
    comment = make.comment(make.practice(), "Мы сделали так же.", author=author)
    address = f"/comments/{comment.id}/edit"
    one, two = visitor.open(address).form("/edit"), visitor.open(address).form("/edit")
    visitor.post(address, 303, data=one | {"body": "Мы сделали так же в мае."})
    page = visitor.post(address, 409, data=two | {"body": "Мы сделали так же и довольны."})
    (sides,) = page.tree.findall(".//div[@class='three-way']")
    texts = ["".join(side.itertext()) for side in sides]
    assert "в мае" in texts[1] and "и довольны" in texts[2] and "Мы сделали так же." in texts[0]
    visitor.post(address, 303, data=page.form("/edit"))
    assert "и довольны" in visitor.open(f"/comments/{comment.id}/history").words


@pytest.mark.parametrize(
    ("theirs", "mine", "taken", "clashes"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 1}, ["b"], []),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, [], []),
        ({"a": 3, "b": 1}, {"a": 2, "b": 1}, [], ["a"]),
        ({"a": 2, "b": 1}, {"a": 2, "b": 1}, [], []),
        ({"a": None, "b": 1}, {"a": "", "b": 1}, [], []),
    ],
)
def test_fields_are_merged_by_what_both_began_from(theirs, mine, taken, clashes):
    merge = meeting.merge({"a": 1, "b": 1}, theirs, mine)
    assert (merge.taken, merge.clashes) == (taken, clashes)

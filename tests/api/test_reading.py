"""What programs read without a token."""

import pytest

from forum.practices.models import Indicator
from forum.web.paging import encode


def test_lists_follow_one_another_by_cursor(guest, make):
    author, place = make.person(), make.place()
    made = [make.practice(author=author, municipality=place) for _ in range(5)]
    seen, cursor, pages = [], "", 0
    while cursor is not None:
        page = guest.get(f"/practices?limit=2&cursor={cursor}")
        seen += [one["id"] for one in page["items"]]
        cursor, pages = page["next"], pages + 1
    assert seen == [one.id for one in reversed(made)] and pages == 3


def test_an_item_says_what_a_list_needs(guest, make):
    practice = make.practice("Светлые дворы", municipality=make.place("Обнинск", population=100_000), external_id="d7")
    [item] = guest.get("/practices")["items"]
    assert item["url"] == f"/practices/{practice.id}/{practice.slug}"
    assert item | {
        "id": practice.id, "external_id": "d7", "title": "Светлые дворы", "municipality": "Обнинск", "region": "40", "nomination": 1,
        "total": 14_900_000, "per_resident": 149.0, "score": 0, "comments_count": 0, "status": "implemented",
    } == item  # fmt: skip
    assert item["published_at"].endswith("Z") and len(item["published_at"]) == 20


@pytest.mark.parametrize(("asked", "found"), [
    ("region=69", {"B"}), ("region=69&region=40", {"A", "B", "C"}), ("nomination=2", {"B"}), ("status=failed", {"C"}), ("year=2021", {"C"}),
    ("tag=svet", {"A"}), ("tag=nikto-ne-pisal", set()), ("tag=svet&tag=nikto-ne-pisal", {"A"}), ("region=40&status=implemented", {"A"}),
    ("region=77", set()), ("nomination=2&region=40", set()),
])  # fmt: skip
def test_filters_of_the_list(guest, make, asked, found):
    make.practice("A", tags=["свет"])
    make.practice("B", municipality=make.place(region="69"), nomination=2)
    make.practice("C", status="failed", finished="2021-05")
    assert {one["title"] for one in guest.get(f"/practices?{asked}")["items"]} == found


def test_orders_of_the_list(guest, make, program):
    few, many = make.practice("Мало"), make.practice("Много")
    program(make.person()).put(f"/entries/{few.id}/vote", {"value": 1})
    make.comment(many)
    assert [one["id"] for one in guest.get("/practices?sort=votes")["items"]] == [few.id, many.id]
    assert [one["id"] for one in guest.get("/practices?sort=discussed")["items"]] == [many.id, few.id]


REFUSED = [
    "limit=0", "limit=101", "limit=x", "limit=99999999999999999999999", "sort=password_hash", "status=none", "region=4", "region=РФ",
    "year=1", "tag=" + "&tag=".join("abcdefghijklmnopqrstuvwxyz"),
]  # fmt: skip


def test_what_the_list_does_not_know_is_refused_by_name(guest):
    for asked in REFUSED:
        errors = guest.get(f"/practices?{asked}", expect=422)["errors"]
        assert [name.partition("-")[0] for name in errors] == [asked.partition("=")[0]]
    guest.get("/practices?tag=%00", expect=400)


def test_a_foreign_cursor_is_the_first_page(guest, make):
    practice = make.practice()
    make.comment(practice)
    for cursor in ("zzz", "%F0%9F", "WyJuIiwxXQ", "eyJhIjoxfQ", "1", "x" * 5000, encode("n", [10**30])):
        for path in ("/practices", f"/practices/{practice.id}/comments"):
            assert len(guest.get(f"{path}?cursor={cursor}")["items"]) == 1


def test_the_whole_card(guest, make):
    place = make.place("Обнинск", population=100_000)
    donor = make.practice("Донор", external_id="donor-1", municipality=place)
    practice = make.practice(
        "Светлые дворы", municipality=place, tags=["свет"], lessons="Не **спешите**.", indicators=[Indicator("Расход", "кВт·ч", 10, 5.5)],
        donor_id=donor.id, contact="8 484 000-00-00",
    )  # fmt: skip
    card = guest.get(f"/practices/{practice.id}")
    assert card["author"] == {"name": practice.author.name, "handle": practice.author.handle}
    assert card["place"]["region"] == {"code": "40", "name": "Калужская область"} and card["municipality"] == "Обнинск"
    assert card["costs"] == {"local": 1_700_000, "regional": None, "federal": None, "extra": 13_200_000}
    assert card["total"] == 14_900_000 and card["per_resident"] == 149.0 and round(card["shares"]["extra"]) == 89
    assert card["indicators"] == [{"name": "Расход", "unit": "кВт·ч", "before": 10, "after": 5.5, "on": None, "source": ""}]
    assert "<strong>спешите</strong>" in card["html"]["lessons"] and card["lessons"] == "Не **спешите**."
    assert (card["tags"], card["donor"], card["donor_id"], card["state"]) == (["свет"], "donor-1", donor.id, "published")
    assert card["external_id"] is None and card["url"] == f"/practices/{practice.id}/{practice.slug}"


def test_the_contact_is_for_those_with_a_token(guest, program, make):
    practice = make.practice(contact="8 484 000-00-00")
    assert "contact" not in guest.get(f"/practices/{practice.id}")
    assert program(make.person(), "read").get(f"/practices/{practice.id}")["contact"] == "8 484 000-00-00"
    assert "contact" not in guest.get(f"/practices/{practice.id}")


@pytest.mark.parametrize("state", ["draft", "waiting", "hidden", "withdrawn"])
def test_what_is_not_public_is_nowhere(guest, program, make, state):
    practice = make.practice("Тайна", state="published", contact="x")
    comment = make.comment(practice)
    stranger, id = program(make.person()), practice.id
    hide_as(practice, state, make)
    for one in (guest, stranger):
        assert one.get("/practices")["items"] == []
        assert one.get("/search?q=тайна")["items"] == []
        for path in (f"/practices/{id}", f"/practices/{id}/comments"):
            one.get(path, expect=404)
    for entry in (id, comment.id):
        stranger.post(f"/entries/{entry}/comments", {"body": "Ага"}, expect=404)
        stranger.put(f"/entries/{entry}/vote", {"value": 1}, expect=404)
    stranger.patch(f"/practices/{id}", {"title": "Моё"}, expect=404)
    if state != "withdrawn":
        assert program(practice.author).get(f"/practices/{id}")["state"] == state


def hide_as(practice, state, make):
    practice.state = state
    make.session.commit()


def test_a_draft_of_a_donor_is_not_told(guest, make):
    donor = make.practice("Донор", external_id="secret-name", state="draft")
    card = guest.get(f"/practices/{make.practice(donor_id=donor.id).id}")
    assert card["donor"] is None and "secret-name" not in str(card)


def test_a_discussion_in_the_order_of_writing(guest, make):
    practice = make.practice()
    first = make.comment(practice, "Сколько **стоило**?")
    answer = make.comment(practice, "Миллион.", parent=first)
    gone = make.comment(practice, "Купите у нас", state="hidden")
    page = guest.get(f"/practices/{practice.id}/comments?limit=1")
    assert page["items"][0]["id"] == first.id and "<strong>стоило</strong>" in page["items"][0]["html"]
    rest = guest.get(f"/practices/{practice.id}/comments?cursor={page['next']}")
    assert [(one["id"], one["parent"], one["thread"]) for one in rest["items"]] == [(answer.id, first.id, first.id)]
    assert rest["next"] is None and "Купите" not in str(rest), gone
    guest.get(f"/practices/{first.id}/comments", expect=404)


def test_regions_and_nominations(guest, make):
    make.region("69", "Тверская область", x=2)
    make.nomination(3)
    region = next(one for one in guest.get("/regions")["items"] if one["code"] == "69")
    assert region["name"] == "Тверская область" and region["district"] == "central"
    assert [one["id"] for one in guest.get("/nominations")["items"]] == [3]


def test_what_guests_read_is_kept_and_changes_with_the_site(guest, make):
    make.practice("Первая")
    first = guest.ask("GET", "/practices")
    again = guest.ask("GET", "/practices", 304, headers={"If-None-Match": first.headers["ETag"]})
    assert "Authorization" in again.headers["Vary"] and "Authorization" in first.headers["Vary"]
    make.practice("Вторая")
    assert len(guest.get("/practices", headers={"If-None-Match": first.headers["ETag"]})["items"]) == 2


def test_no_other_site_may_read_through_a_browser(guest):
    response = guest.ask("GET", "/practices", headers={"Origin": "https://evil.example"})
    assert not [name for name, _value in response.headers if name.startswith("Access-Control")]


def test_the_number_of_queries_does_not_grow(guest, make, count_queries):
    author, place = make.person(), make.place()

    def more(number):
        for n in range(number):
            practice = make.practice(f"Двор {n}", author=author, municipality=make.place(), tags=["свет", f"тема {n}"])
            make.comment(first or practice, author=author)

    first = make.practice(author=author, municipality=place, tags=["свет"])
    paths = ["/practices", "/practices?tag=svet&region=40", f"/practices/{first.id}", f"/practices/{first.id}/comments", "/regions"]
    more(2)
    few = [count_queries(lambda path=path: guest.get(path)) for path in paths]
    more(20)
    assert [count_queries(lambda path=path: guest.get(path)) for path in paths] == few
    assert max(few) <= 8


def test_what_is_near_to_a_municipality(guest, make):
    own, other = make.place("Обнинск", population=120_000), make.place("Берёзовка", type="rural_settlement", category=2, population=700)
    for title, place in (("A", own), ("B", other), ("C", make.place("Таруса", region="69", population=130_000))):
        make.practice(title, municipality=place)
    assert [one["title"] for one in guest.get(f"/practices?near={own.id}")["items"]] == ["C", "A"]
    first = guest.get(f"/practices?near={own.id}&sort=near&limit=1")
    assert [one["title"] for one in first["items"]] == ["A"]
    assert [one["title"] for one in guest.get(f"/practices?near={own.id}&sort=near&limit=1&cursor={first['next']}")["items"]] == ["C"]
    assert "near" in guest.get("/practices?sort=near", 422)["errors"]
    assert "near" in guest.get("/practices?near=987654321", 422)["errors"]
    assert "near" in guest.get("/search?sort=near", 422)["errors"]

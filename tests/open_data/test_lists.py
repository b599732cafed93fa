"""Lists as files: the same things in the same order, and nothing that a spreadsheet would run."""

import io

import openpyxl
import pytest

from forum.adoptions.models import Adoption, Stage
from forum.core.clock import now
from forum.demand.models import Unmet
from forum.open_data.views import lists
from forum.practices.models import Indicator
from tests.counting import counted


def test_a_list_comes_as_a_table_with_its_filters_and_order(make, table, visit):
    make.practice("Тихие дворы", status="failed")
    make.practice("Светлые дворы", status="implemented", tags=["освещение", "дворы"], indicators=[Indicator("Доля", "%", 12.5, 40)])
    make.practice("Чистые дворы", status="implemented")
    rows = table("/practices.csv?status=implemented")
    assert [row["title"] for row in rows] == ["Чистые дворы", "Светлые дворы"]
    assert rows[1]["tags"] == "дворы; освещение"
    assert rows[1]["costs-local"] == "1700000"
    assert '"before": 12.5' in rows[1]["indicators"]
    assert "/practices.csv?status=implemented" in visit("/practices?status=implemented").links()


def test_what_nobody_may_read_is_in_no_file(make, table, visitor):
    for state in ("draft", "waiting", "hidden", "withdrawn"):
        make.practice(f"Тайная {state}", state=state)
    shown = make.practice("Открытая", contact="Пётр, 8 900 000-00-00")
    visitor.sign_in(make.moderator())  # who may read more gets no more here
    assert [row["title"] for row in table("/practices.csv")] == [shown.title]
    for kind in ("csv", "xlsx", "json"):
        answer = visitor.client.get(f"/practices.{kind}").data
        assert "8 900" not in answer.decode("utf-8", "ignore")


def test_formulas_stay_text_in_both_kinds_of_tables(make, table, visitor):
    make.practice("=1+2", summary="+7 900", results="@SUM(A1)\x0bи ещё")
    (row,) = table("/practices.csv")
    assert (row["title"], row["summary"], row["results"][0]) == ("'=1+2", "'+7 900", "'")
    sheet = openpyxl.load_workbook(io.BytesIO(visitor.client.get("/practices.xlsx").data)).active
    headings, values = (list(line) for line in sheet.iter_rows())
    by_name = {heading.value: cell for heading, cell in zip(headings, values, strict=True)}
    assert by_name["title"].value == "'=1+2"
    assert {cell.data_type for cell in values} <= {"s", "n", "b", "inlineStr"}


def test_json_tells_when_there_is_more_than_a_file_holds(make, visitor, monkeypatch):
    monkeypatch.setattr(lists, "LIMIT", 2)
    for _ in range(3):
        make.practice()
    answer = visitor.client.get("/practices.json").get_json()
    assert len(answer["items"]) == answer["limit"] == 2
    assert answer["more"] is True
    assert visitor.client.get("/practices.json?status=failed").get_json()["items"] == []


def test_a_file_is_not_made_again_for_who_has_it(make, app, visitor):
    make.practice()
    first = visitor.client.get("/practices.csv")
    again = {"If-None-Match": first.headers["ETag"]}
    assert visitor.client.get("/practices.csv", headers=again).status_code == 304
    make.practice()
    assert visitor.client.get("/practices.csv", headers=again).status_code == 200
    packed = visitor.client.get("/practices.csv", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == int(packed.headers["Content-Length"])


def test_places_themes_and_adoptions_have_files_of_their_own(make, table, visit):
    place = make.place("Боровск")
    practice = make.practice(municipality=place, tags=["дворы"])
    other = make.practice(municipality=make.place(region="69"))
    make.adoption(practice, make.person("Иван Лапин", region="69"), stage="result", confirmed=True)
    make.adoption(other, make.person("Олег Лапин", region="71"), stage="refused")
    assert f"/practices.csv?municipality={place.id}" in visit(f"/municipalities/{place.id}").links()
    assert [row["id"] for row in table(f"/practices.csv?municipality={place.id}")] == [str(practice.id)]
    assert "/practices.csv?region=40" in visit("/regions/40").links()
    assert "/practices.csv?tag=dvory" in visit("/tags/dvory").links()
    assert f"/adoptions.csv?practice={practice.id}" in visit(f"/practices/{practice.id}/adoptions").links()
    (mine,) = table(f"/adoptions.csv?practice={practice.id}")
    assert (mine["stage"], mine["confirmed"], mine["region"]) == ("result", "true", "69")
    assert [row["practice_id"] for row in table("/adoptions.csv?region=71&show=refused")] == [str(other.id)]
    assert "Лапин" not in str(table("/adoptions.csv"))


def test_requests_have_files_too_and_name_no_hidden_practice(make, session, table, visit):
    practice = make.practice("Снегоуборка")
    request = make.request("Чем чистить тротуары", make.person("Зоя Тайная", region="69"))
    make.request("Спрятанный вопрос").hide(by=make.actor(make.moderator()), reason="Проверяем")
    request.practice_id = practice.id
    session.commit()
    (row,) = table("/requests.csv?region=69")
    assert (row["title"], row["practice_id"], row["outcome"]) == ("Чем чистить тротуары", str(practice.id), "open")
    assert "Зоя" not in str(row)
    assert "/requests.csv?region=69" in visit("/requests?region=69").links()
    practice.hide(by=make.actor(make.moderator()), reason="Проверяем")
    session.commit()
    assert table("/requests.csv")[0]["practice_id"] == ""
    assert table("/requests.csv?region=40") == []


def test_what_did_not_work_has_a_file_with_its_filters_that_names_nobody(make, session, table, visit):
    failed = make.practice("=Баки", status="failed", obstacles=["money", "owners"], would_help="Насос.", summary="@Утонули")
    make.practice("Скрытая", status="failed", obstacles=["money"], state="hidden")
    keeper = make.person("Олег Тайный", region="69")
    refused = session.get_one(Adoption, make.adoption(make.practice("Дворы"), keeper).id)
    refused.advance(Stage.REFUSED, make.actor(keeper), now().date(), "Нет земли.", make.obstacle("land"), "Участок.")
    refused.withhold_name(make.actor(keeper))
    session.commit()
    rows = table("/failures.csv")
    assert [(row["kind"], row["id"]) for row in rows] == [("refusal", str(refused.id)), ("practice", str(failed.id))]
    told = ("title", "obstacles", "what_happened", "would_help")
    assert [rows[0][name] for name in told] == ["Дворы", "land", "Нет земли.", "Участок."]
    assert (rows[1]["title"], rows[1]["obstacles"], rows[1]["what_happened"]) == ("'=Баки", "money; owners", "'@Утонули")
    assert "Тайный" not in str(rows)
    assert [row["kind"] for row in table("/failures.csv?obstacle=land&region=69")] == ["refusal"]
    assert "/failures.csv?obstacle=land" in visit("/failures?obstacle=land").links()


def test_what_is_missing_has_a_file_without_what_moderators_took_away(make, session, table, visit):
    wanted = Unmet(key="лёд", text="=лёд", times=5, first_on=now().date(), last_on=now().date())
    rare = Unmet(key="снег", text="снег", times=1, first_on=now().date(), last_on=now().date())
    hidden = Unmet(key="дым", text="дым", times=9, first_on=now().date(), last_on=now().date(), hidden_at=now())
    session.add_all([wanted, rare, hidden])
    session.commit()
    assert [(row["text"], row["times"]) for row in table("/demand.csv")] == [("'=лёд", "5")]
    assert "/demand.csv" in visit("/demand").links()


def test_what_a_search_finds_comes_the_best_first_and_never_what_was_hidden(app, make, session, table, visit):
    make.practice("Тихие улицы", solution="Посадили деревья во дворах.")
    best = make.practice("Дворы, дворы и ещё раз дворы")
    gone = make.practice("Дворы без хозяина")
    app.test_cli_runner().invoke(args=["search", "drain"])
    gone.hide(by=make.actor(make.moderator()), reason="Проверяем")
    session.commit()
    rows = table("/search.csv?q=дворы")
    assert rows[0]["id"] == str(best.id)
    assert str(gone.id) not in [row["id"] for row in rows]
    assert any(link.startswith("/search.csv?q=") for link in visit("/search?q=дворы").links())


def test_an_adoption_of_what_was_hidden_goes_with_it(make, session, table):
    adoption = make.adoption(practice := make.practice())
    assert [row["id"] for row in table("/adoptions.csv")] == [str(adoption.id)]
    practice.hide(by=make.actor(make.moderator()), reason="Проверяем")
    session.commit()
    assert table("/adoptions.csv") == []


def test_what_a_town_is_near_to_comes_first_in_a_file_too(make, table, visitor):
    here = make.place("Обнинск", population=100_000)
    far = make.practice("Далёкая", municipality=make.place(region="69", population=2_000, type="rural_settlement"))
    like = make.practice("Похожая", municipality=make.place(region="40", population=110_000))
    newest = make.practice("Далёкая и новая", municipality=make.place(region="69", population=2_000, type="rural_settlement"))
    visitor.client.set_cookie("town", str(here.id))
    assert [row["id"] for row in table("/practices.csv?sort=near")] == [str(one.id) for one in (like, newest, far)]


@pytest.mark.parametrize("name", ["practices.csv", "failures.xlsx", "search.json"])
def test_a_file_for_a_town_that_nobody_named_is_refused_in_words(visitor, name):
    address = f"/{name}?q=дворы&near=mine"
    answer = visitor.client.get(address)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert "near=" in answer.get_json(force=True)["detail"]
    page = visitor.client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 400 and "<h1>Запрос не понят</h1>" in page.get_data(as_text=True)


def test_a_file_in_the_order_of_a_town_that_nobody_named_is_refused(visitor):
    for address in ("/practices.csv?sort=near&near=77", "/search.json?q=дворы&sort=near"):
        assert visitor.client.get(address).status_code == 400


def test_indicators_that_nobody_filled_in_are_no_data(make, session, visitor):
    adoption = make.adoption(make.practice(indicators=[Indicator("Доля", "%", 12.5, 40), Indicator("Расход", "кВт·ч", 410, 197)]))
    adoption.indicators = [Indicator("Доля", "%"), Indicator("Расход", "кВт·ч", after=0)]
    session.commit()
    (row,) = visitor.client.get("/adoptions.json").get_json()["items"]
    assert [one["name"] for one in row["indicators"]] == ["Расход"]
    (row,) = visitor.client.get(f"/api/v1/practices/{adoption.practice_id}/adoptions").get_json()["items"]
    assert [one["name"] for one in row["indicators"]] == ["Расход"]


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_file_takes_as_many_questions_for_few_rows_as_for_more(app, make, visitor, signed_in):
    if signed_in:
        visitor.sign_in(make.person())

    def asked():
        make.person()
        with counted(app) as statements:
            assert visitor.client.get("/practices.xlsx?sort=votes").status_code == 200
        return len(statements)

    make.practice()
    few = asked()
    for _ in range(20):
        make.practice()
    assert asked() == few <= 12


def test_strange_addresses_are_no_error(make, visitor):
    make.practice()
    for query in ("municipality=99999999999", "region=%00", "page=x", "sort=near&near=77", "tag=%F0%9F%98%80", "year=0"):
        assert visitor.client.get(f"/practices.csv?{query}").status_code in (200, 400)
        assert visitor.client.get(f"/adoptions.csv?practice=9&{query}").status_code == 200
        assert visitor.client.get(f"/failures.csv?obstacle=x&{query}").status_code == 200
    assert visitor.client.get("/practices.exe").status_code == 404

"""The page of what did not work: practices and refusals in one list, by obstacle, region, nomination and likeness."""

import pytest

from forum.adoptions.models import Stage
from forum.core.clock import now


@pytest.fixture
def known(make):
    return make.obstacle("money"), make.obstacle("owners")


def refusal(make, practice, code="money", region="69", **more):
    keeper = make.person(region=region)
    adoption = make.adoption(practice, keeper)
    adoption = make.session.get_one(type(adoption), adoption.id)
    adoption.advance(Stage.REFUSED, make.actor(keeper), now().date(), "Не сошлось.", make.obstacle(code), more.get("would_help", ""))
    make.session.commit()
    return adoption


def titles(page):
    return ["".join(found.itertext()).strip() for found in page.tree.iter("h3") if found.find("a") is not None]


def bars(page):
    lists = [each for each in page.tree.iter("ul") if each.get("class") == "bars"]
    said = (" ".join("".join(item.itertext()).split()).rpartition(" ") for each in lists for item in each.iter("li"))
    return {name: int(number) for name, _, number in said}


def test_failed_practices_and_refusals_stand_together_with_what_would_have_helped(make, known, visit):
    worked = make.practice("Светлые дворы")
    make.practice("Баки под землёй", status="failed", obstacles=["money", "owners"], would_help="Насос с запасом.")
    refusal(make, worked, would_help="Субсидия на датчики.")
    page = visit("/failures")
    assert titles(page) == ["Светлые дворы", "Баки под землёй"]
    assert "Насос с запасом." in page.words and "Субсидия на датчики." in page.words and "Не сошлось." in page.words
    assert bars(page)["Не нашлось денег"] == 2 and bars(page)["Не согласовали собственники"] == 1


def test_each_filter_narrows_and_the_numbers_follow_all_but_their_own(make, known, visit):
    make.practice("Баки", status="failed", obstacles=["money"], nomination=1)
    make.practice("Урны", status="failed", obstacles=["owners"], nomination=2, municipality=make.place(region="69"))
    refusal(make, make.practice("Дворы", nomination=2), "owners", region="40")
    assert titles(visit("/failures?obstacle=owners")) == ["Дворы", "Урны"]
    assert titles(visit("/failures?obstacle=owners&region=40")) == ["Дворы"]
    assert titles(visit("/failures?nomination=1")) == ["Баки"]
    page = visit("/failures?region=40&obstacle=money")
    assert titles(page) == ["Баки"] and bars(page) == {"Не нашлось денег": 1, "Не согласовали собственники": 1}
    assert titles(visit("/failures?obstacle=weather&region=zz&nomination=x")) == ["Дворы", "Урны", "Баки"]  # what nobody knows is left out


def test_hidden_ones_and_those_that_went_on_are_not_there(make, session, known, visit):
    hidden = make.practice("Скрытая", status="failed", obstacles=["money"], state="hidden")
    gone_on = refusal(make, make.practice("Дворы"))
    gone_on.advance(Stage.ADAPTATION, make.actor(make.person()), now().date(), "Пробуем снова")
    session.commit()
    page = visit("/failures")
    assert titles(page) == [] and hidden.title not in page.text and bars(page) == {}


def test_pages_follow_by_key_and_cost_the_same_however_many_there_are(make, known, visitor, count_queries):
    worked = make.practice("Дворы")
    for number in range(3):
        make.practice(f"Практика {number}", status="failed", obstacles=["money"])
    refusal(make, worked)
    make.practice("Последняя", status="failed")
    few = count_queries(lambda: visitor.open("/failures"))
    for number in range(3, 23):
        make.practice(f"Практика {number}", status="failed", obstacles=["owners"])
    refusal(make, make.practice("Улицы"), "owners")
    many = count_queries(lambda: visitor.open("/failures"))
    assert few == many <= 8
    first = visitor.open("/failures")
    address = next(link for link in first.links() if "page=" in link)
    second = visitor.open(address)
    assert len(titles(first)) == 20 and len(titles(second)) == 6 and not set(titles(first)) & set(titles(second))
    assert titles(visitor.open(next(link for link in second.links() if "page=" in link))) == titles(first)


def test_search_narrows_by_obstacle(app, make, session, known, visit):
    make.practice("Баки под землёй", status="failed", obstacles=["money"])
    make.practice("Баки с педалью", status="failed", obstacles=["owners"])
    refusal(make, make.practice("Дворы"), "owners")
    assert app.test_cli_runner().invoke(args=["search", "drain"]).exit_code == 0
    page = visit("/search?q=баки&obstacle=money")
    assert "Баки под землёй" in page.words and "с педалью" not in page.words and "Что мешало" in visit("/search?q=баки").words
    found = visit("/api/v1/search?obstacle=owners&kind=adoption&kind=practice").response.get_json()
    assert found["total"] == 2 and found["facets"]["obstacle"] == {"money": 1, "owners": 2}

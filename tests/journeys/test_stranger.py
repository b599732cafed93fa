"""What a script that knows only the contract can do, without JavaScript."""

import re
import time
import urllib.parse

import pytest

from tests.journeys.stranger import Stranger

pytestmark = pytest.mark.xdist_group("site")

TITLE = "Отремонтировали ребячьи площадки у трёх школ"
CARD = {
    "title": TITLE,
    "summary": "За одно лето обновили площадки у школ, договорившись с родителями и заводом.",
    "municipality": "Обнинск",
    "nomination": "1",
    "status": "implemented",
    "problem": "Качели сломаны, песочницы пусты.",
    "solution": "Собрали заявки жителей, завод дал металл, родители красили.",
    "results": "Дети снова гуляют во дворах, жалоб стало втрое меньше.",
}


def eventually(look, seconds=10.0):
    """The first true answer within the time, else the last."""
    deadline = time.monotonic() + seconds
    while not (answer := look()) and time.monotonic() < deadline:
        time.sleep(0.25)
    return answer


def test_publish_find_discuss_report_hide(site, long_ago):
    employee, colleague, moderator, guest = (Stranger(site.url) for _ in range(4))
    employee.sign_in("employee@demo.example")
    status, text = employee.post("/practices/new", csrf_token=employee.token("/practices/new"), **CARD)
    assert status == 200, text[:2000]
    number = int(re.search(r"/practices/(\d+)", employee.at)[1])
    path = urllib.parse.urlsplit(employee.at).path
    assert TITLE in guest.get(path)[1]

    for query in ("ребёнок площадка ремонт", "ремонтировать детские площадки у школы"):
        assert eventually(lambda query=query: TITLE in guest.found(query)), query
    assert TITLE in guest.get("/search?" + urllib.parse.urlencode({"q": "площадок школа отремонтировать"}))[1].replace(
        "<mark>", ""
    ).replace("</mark>", "")

    colleague.sign_in("colleague@demo.example")
    token = colleague.token(path)
    status, text = colleague.post(f"/entries/{number}/comments", csrf_token=token, body="Сколько стоил металл?")
    assert status == 200, text[:500]
    assert "Сколько стоил металл?" in guest.get(path)[1]
    assert colleague.post(f"/entries/{number}/vote", csrf_token=token, value="1")[0] == 200
    assert colleague.post(f"/entries/{number}/reports", csrf_token=token, reason="false", note="Завод такого не помнит")[0] == 200

    moderator.sign_in("moderator@demo.example")
    queue = moderator.get("/moderation")[1]
    assert TITLE in queue
    assert "Завод такого не помнит" in queue
    status, text = moderator.post(f"/entries/{number}/hiding", csrf_token=moderator.token("/moderation"), reason="До проверки сведений")
    assert status == 200, text[:500]

    assert guest.get(path)[0] == 404
    assert guest.get(f"/api/v1/practices/{number}")[0] == 404
    assert TITLE not in guest.get("/feed.atom")[1]
    assert TITLE not in guest.found("детские площадки школ ремонт")
    assert "До проверки сведений" in guest.get("/moderation/log")[1]
    assert eventually(lambda: "До проверки сведений" in employee.get("/notifications")[1])

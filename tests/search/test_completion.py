"""What the box offers while something is typed."""

import json

import pytest

from forum.core.actor import SYSTEM
from forum.practices.models import Practice
from forum.search.fields import resolve
from forum.search.names import Names
from forum.search.query import parse


@pytest.fixture
def offers(visitor):
    """Texts by group, for what is typed."""

    def go(typed, key="text"):
        answer = visitor.client.get("/search/completions", query_string={"q": typed})
        assert answer.status_code == 200 and answer.mimetype == "application/json"
        return {group["name"]: [item.get(key) for item in group["items"]] for group in answer.json["groups"]}

    return go


def test_titles_are_found_by_any_words_in_any_order_with_the_last_cut_short(make, indexed, offers):
    practice = make.practice("Ёлочный базар во дворах", municipality=make.place("Обнинск"))
    indexed()
    for typed in ("ёло", "ЕЛОЧНЫЙ баз", "базар ёлоч", "дворах ба", "е\u0301лочный", "ёлочный базар во дворах"):
        assert offers(typed)["practices"] == [practice.title], typed
    assert offers("ёлоч", "url")["practices"] == [f"/practices/{practice.id}/{practice.slug}"]
    assert offers("ёлоч", "note")["practices"] == ["Обнинск"]
    assert offers("базар лес") == {}


def test_keys_of_the_other_layout_are_understood(make, indexed, offers):
    make.practice("Благоустройство набережной", tags=["благоустройство"])
    indexed()
    assert offers(",kfujec") == {"practices": ["Благоустройство набережной"], "themes": ["благоустройство"]}


SLIPS = ["освищ", "овсещение дв", "осщев", "осещен", "освешение", "оссвещение", "освещение двроов"]


@pytest.mark.parametrize("typed", [*SLIPS, "свет", "овсещ двро"])
def test_a_slip_of_the_fingers_is_undone(make, indexed, offers, typed):
    make.practice("Освещение дворов", tags=["освещение"])
    make.practice("Двери в школе")
    indexed()
    found = offers(typed)
    if typed in ("свет", "овсещ двро"):  # another word; one slip is undone, not two
        assert found == {}
    else:
        assert found["practices"] == ["Освещение дворов"]


def test_slips_in_themes_and_places_are_undone_too(make, indexed, offers):
    make.place("Великий Новгород")
    make.practice("Свет", tags=["благоустройство"])
    indexed()
    assert offers("нофгор")["places"] == ["Великий Новгород"]
    assert offers("благаустр")["themes"] == ["благоустройство"]


def test_words_that_are_only_not_together_are_no_slips(make, indexed, offers):
    make.practice("Новый базар"), make.practice("Новый вокзал"), make.practice("Базальт")
    indexed()
    assert offers("вокзал базар") == {}


def test_titles_that_begin_so_come_first_then_those_with_more_votes(make, indexed, offers, session):
    author = make.person()
    titles = ("Новый двор", "Чистый двор", "Двор без машин")
    for votes, title in enumerate(titles):
        make.practice(title, author=author, score=votes)
    for number in range(9):
        make.practice(f"Дорога {number}", author=author)
    indexed()
    assert offers("двор")["practices"] == ["Двор без машин", "Чистый двор", "Новый двор"]
    assert len(offers("доро")["practices"]) == 8


@pytest.mark.parametrize("state", ["draft", "waiting", "hidden", "withdrawn"])
def test_what_is_not_public_is_never_offered(make, indexed, offers, session, visitor, state):
    author = make.person()
    make.practice("Открытый бункер", author=author)
    gone = make.practice("Секретный бункер", author=author, tags=["секретная тема"])
    indexed()
    assert len(offers("бунк")["practices"]) == 2 and offers("секр")["themes"] == ["секретная тема"]
    practice = session.get(Practice, gone.id)
    if state == "hidden":
        practice.hide(by=SYSTEM, reason="Ошибка")
    elif state == "withdrawn":
        practice.withdraw(by=SYSTEM)
    else:
        practice.unpublish(by=SYSTEM)
        practice.state = state
    session.commit()  # the index does not know yet
    for person in (None, author, make.moderator()):
        if person:
            visitor.sign_in(person)
        assert offers("бунк")["practices"] == ["Открытый бункер"]
        assert offers("секр") == offers("тег:секр") == {}
        suggested = visitor.client.get("/search/suggestions", query_string={"q": "бунк"}).json
        assert suggested[1] == ["Открытый бункер"]


def test_themes_of_drafts_are_nobodys(make, indexed, offers):
    make.practice(state="draft", tags=["секретная тема"])
    make.practice("Свет", tags=["умный свет"])
    indexed()
    assert offers("секр") == {}
    assert offers("свет ум", "url")["themes"] == ["/tags/umnyy-svet"]


def test_places_are_found_by_any_word_and_lead_to_their_pages(make, offers):
    place = make.place("Великий Новгород", region="53")
    make.place("Новгородка", population=900)
    make.place("Нововек", verified=False)
    make.place("Старый Новгородок", successor_id=place.id)
    assert offers("новгор")["places"] == ["Новгородка", "Великий Новгород"]
    assert offers("новг вел", "url")["places"] == [f"/municipalities/{place.id}"]
    assert offers("нововек") == {}
    make.region("40", "Калужская область")
    assert offers("область ка", "url") == {"places": ["/regions/40"]}
    assert offers("об")["places"][-1] == "Калужская область"


def test_more_places_than_fit(make, offers):
    for number in range(9):
        make.place(f"Речной {number}", population=1000 * number)
    assert offers("реч")["places"] == [f"Речной {number}" for number in (8, 7, 6, 5)]


def test_filters_are_completed_in_the_box(make, indexed, offers):
    make.region("40", "Калужская область")
    author = make.person("Мария Соколова")
    make.person("Мария Безмолвная")
    make.practice("Свет", author=author, nomination=2, tags=["умный свет", "дворы"])
    indexed()
    assert offers("рег", "query") == {"filters": ["регион:"]}
    assert offers("свет во дворе рег", "query")["filters"] == ["свет во дворе регион:"]
    for typed, wanted in {
        "регион:кал": ["регион:«Калужская область» "],
        "свет регион:калуж обл": ["свет регион:«Калужская область» "],
        "-парк «белый свет» Регион:«калуж": ["-парк «белый свет» Регион:«Калужская область» "],
        "номинация:ном": ["номинация:«Номинация 2» "],
        "статус:не": ["статус:«не сработало» "],
        "статус:внедр": ["статус:внедрена "],
        "тег:у": ["тег:«умный свет» "],
        "тег:дво": ["тег:дворы "],
        "год:202": [f"год:{year} " for year in (2026, 2025, 2024, 2023, 2022, 2021)],
        "автор:мар": ["автор:«Мария Соколова» "],
        "регион:«Калужская область» го": ["регион:«Калужская область» год:"],
        "htubjy:rfk": ["регион:«Калужская область» "],
        "свет htubjy^rfk": ["свет регион:«Калужская область» "],
        "регион:rfk": ["регион:«Калужская область» "],
        "cnfnec:dytl": ["статус:внедрена "],
        "htu": ["регион:"],
    }.items():
        found = offers(typed, "query")
        assert list(found) == ["filters"] and found["filters"][0] == wanted[0], (typed, found)
    for typed in ("регион:«Калужская область»", "регион:нетакого", "статус:внедрена", "автор:безм"):
        assert offers(typed) == {}, typed


def test_what_is_offered_means_what_it_says(make, indexed, offers, session):
    """Whatever a name holds, the box reads the filter back as the very thing that was offered."""
    make.region("83", "Ненецкий автономный округ", x=2), make.region("89", "Ямало-Ненецкий автономный округ", x=3)
    make.practice("Свет", nomination=1, tags=["«умный» свет", "a:b", "тег:тег"])
    indexed()
    codes = {"регион:нен": {"83", "89"}, "номинация:но": {"1"}, "тег:умный": {"umnyy-svet"}, "тег:a": {"a-b"}, "тег:тег": {"teg-teg"}}
    for typed, wanted in codes.items():
        read = [resolve(session, parse(query).fields) for query in offers(typed, "query")["filters"]]
        assert sorted(value for one in read for values in one.values() for value in values) == sorted(wanted), (typed, read)


def test_a_reader_of_english_gets_names_and_filters_that_work(make, indexed, offers, visitor):
    visitor.client.set_cookie("lang", "en")
    region = make.region("40", "Калужская область")
    region.name_en = "Kaluga Oblast"
    make.session.commit()
    make.practice("Свет", municipality=make.place("Обнинск", name_en="Obninsk"))
    indexed()
    assert offers("reg", "query")["filters"] == ["region:"]
    assert offers("region:kal", "query")["filters"] == ["region:«Kaluga Oblast» "]
    assert offers("status:did", "query") == {"filters": ["status:failed "]}
    assert offers("obni")["places"] == ["Obninsk"]
    assert offers("nomination:nom", "query")["filters"] == ["nomination:«Nomination 1» "]


def test_how_many_are_offered_is_told(make, visitor):
    make.place("Обнинск")
    assert visitor.client.get("/search/completions?q=обнин").json["told"] == "1 подсказка"
    assert visitor.client.get("/search/completions?q=нигде").json["told"] == "Подсказок нет"


HOSTILE = (
    "", " ", "а", "\x00", "\x00дв", "д" * 100_000, "а " * 50_000, "й" * 199,
    "*", "*а*б*", "(((", "[TO", "a~~~", "%", "_", "\\", "'\"", "\ud800", "-", "—", "🦄", "дв\u202e",
    "регион:\x00", "регион:" * 3000, "регион:«" * 400, "тег:«*", "год:" + "9" * 20, "год:²", "автор:%", "статус:((",
)  # fmt: skip


@pytest.mark.parametrize("path", ["/search/completions", "/search/suggestions"])
def test_nothing_typed_is_an_error(visitor, make, indexed, path):
    make.practice("Двор", tags=["двор"])
    indexed()
    for typed in HOSTILE:
        raw = typed.encode("utf-8", "surrogatepass")
        answer = visitor.client.get(path, query_string="q=" + "".join(f"%{byte:02X}" for byte in raw))
        assert answer.status_code in (200, 400), (typed[:20], answer.status_code)
        json.loads(answer.text) if answer.status_code == 200 else None
    assert visitor.client.get(f"{path}?q=дв&q=др&kind=x").status_code == 200
    assert visitor.client.get(path).status_code == 200


def test_an_engine_that_is_away_leaves_the_places(app, make, indexed, offers):
    make.place("Двориково")
    make.practice("Двор", tags=["дворы"])
    indexed()
    engine = app.extensions["search"]
    engine.close()
    for file in engine._store.current().glob("*.toc"):
        file.write_bytes(b"broken")
    assert offers("дв") == {"places": ["Двориково"]}


def test_the_number_of_queries_does_not_grow(make, indexed, offers, count_queries):
    author, place = make.person(), make.place("Дворовый")
    make.practice("Двор", author=author, municipality=place, tags=["дворы"])
    indexed()
    offers("дв"), offers("регион:к")
    few = count_queries(lambda: offers("дв"))
    for number in range(12):
        make.practice(f"Двор {number}", author=author, municipality=place, tags=[f"двор {number}"])
        make.place(f"Двор {number}")
    indexed()
    assert count_queries(lambda: offers("дв")) == few == 1
    assert count_queries(lambda: offers("регион:к")) == 1
    assert count_queries(lambda: offers("ё")) == 0


def test_a_guests_answer_makes_no_cookie_and_is_not_kept(visitor, make):
    make.place("Обнинск")
    answer = visitor.client.get("/search/completions?q=обн")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"
    visitor.sign_in(make.person())
    assert visitor.client.get("/search/completions?q=обн").headers["Cache-Control"] == "private, no-store"


def test_names_that_begin_so_come_before_those_with_the_word_inside():
    names = Names([(1, "Новый Оскол"), (2, "Старый Оскол"), (3, "Оскольское"), (4, ""), (5, "Ёлкино")])
    assert names.find(["оск"], 9) == [3, 1, 2]
    assert names.find(["оскол", "с"], 9) == [2]
    assert names.find(["оскол", "нет"], 9) == []
    assert names.find(["елк"], 9) == [5]
    assert names.find([], 2) == [1, 2]
    assert Names().find(["а"], 9) == []

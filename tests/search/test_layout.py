"""Questions typed with the keyboard switched to the other language, asked of a real index."""

import pytest

from forum.search.port import Query
from forum.search.synonyms import compile_groups
from forum.search.whoosh_engine import WhooshEngine
from tests.search.conftest import doc

TEXTS = (
    "Благоустройство парка Победы", "Освещение дворов", "Тверские ёлки", "Урожай для ярмарки", "Объявление о субботнике",
    "Жилищно-коммунальное хозяйство", "Экология и энергосбережение", "Юность: съезд молодёжи",
    "50-летие города, мусор и сквер", "Хоккейная площадка, этаж и подъезд", "ТОС и ЖКХ решают",
    "Smart city: умный город", "Wi-Fi в сквере", "Black Star", "BIM в строительстве", "Газ и лес", "Платформа ivanov@example.ru",
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """An index that is only asked."""
    engine = WhooshEngine(tmp_path_factory.mktemp("town"))
    engine.write([doc(number, text, "Разное.") for number, text in enumerate(TEXTS, 1)])
    engine.tend()
    yield engine
    engine.close()


@pytest.mark.parametrize(("typed", "meant"), [
    (",kfujecnhjqcndj", "благоустройство"),
    ("<kfujecnhjqcndj", "Благоустройство"),
    (",KFUJECNHJQCNDJ", "бЛАГОУСТРОЙСТВО"),
    ("jcdtotybt", "освещение"),
    ("jcdtotybt парка", "освещение парка"),
    ("освещение gfhrf", "освещение парка"),
    ("ndthcrbt `krb", "тверские ёлки"),
    ("~krb", "Ёлки"),
    ("ehj;fq", "урожай"),
    ("j,]zdktybt", "объявление"),
    (";bkboyj-rjvveyfkmyjt", "жилищно-коммунальное"),
    (":bkboyjt [jpzqcndj", "Жилищное хозяйство"),
    ("'rjkjubz", "экология"),
    ('"rjkjubz', "Экология"),
    (">yjcnm b c]tpl", "Юность и съезд"),
    ("[jrrtqyfz gkjoflrf", "хоккейная площадка"),
    ("'nf; b gjl]tpl", "этаж и подъезд"),
    ("50-ktnbt ujhjlf", "50-летие города"),
    ("vecjh 2023", "мусор 2023"),
    ("vecjh! crdth?", "мусор! сквер?"),
    ("gfhr, crdth.", "парк, сквер."),
    ("crdth d gfhrt", "сквер в парке"),
    ("(crdth)", "(сквер)"),
    ("NJC", "ТОС"),
    (":R{", "ЖКХ"),
    ("ufp ktc", "газ лес"),
    ("ыьфке сшен", "smart city"),
    ("СШЕН парк", "CITY парк"),
])  # fmt: skip
def test_what_was_meant_is_found_and_offered(town, typed, meant):
    found, wanted = town.search(Query(typed)), town.search(Query(meant))
    assert found.suggestion == meant
    assert [hit.id for hit in found.hits] == [hit.id for hit in wanted.hits] != []


@pytest.mark.parametrize("typed", [
    "ТОС", "тос", "ЖКХ", "МКД и НПА", "black star", "smart city", "Wi-Fi", "wi-fi в парке", "BIM", "LED", "her", "the best net", "e-mail",
    "3D", "IT", "ivanov@example.ru", "https://example.ru/gfhr", "example.ru", "v2.0", "50", "2023-2024", "«black star»", "C++",
    "city, парк.", ",,,", "; ' [ ]", "парк", "сквер,", "«Юность»", "A", "gh", "№ 5", "форма 22-ЖКХ", "qwrtpsdfg", "Ыгв",
    "-парк", "умный-город",
])  # fmt: skip
def test_what_was_meant_as_it_stands_is_left_alone(town, typed):
    assert town.search(Query(typed)).suggestion is None


def test_words_of_the_synonyms_are_known_in_the_other_layout_too(index):
    known = compile_groups(["МКД, многоквартирный дом"])
    index.write([doc(1, "Ремонт многоквартирных домов")])
    assert [hit.id for hit in index.search(Query("VRL", synonyms=known)).hits] == [1]
    assert not index.search(Query("VRL")).hits


def test_signs_of_a_question_keep_their_meaning(town):
    everything = {hit.id for hit in town.search(Query("", limit=50)).hits}
    assert everything - {hit.id for hit in town.search(Query("-gfhrf", limit=50)).hits} == {1}
    assert [hit.id for hit in town.search(Query("«jcdtotybt ldjhjd»")).hits] == [2]
    assert town.search(Query('"gfhrf jcdtotybt"')).loosened
    assert town.search(Query("jcdtotybt год:2023")).suggestion == "освещение"


def test_a_slip_on_top_of_it_is_too_much(town):
    assert not town.search(Query("eho;fq")).hits

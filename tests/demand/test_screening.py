"""Which questions may come to stand on a public page."""

import pytest

from forum.demand.screening import screen

PERSONAL = (
    "ivanov@admobninsk.ru прорвало трубу",
    "@ivanov_glava телеграм",
    "https://vk.com/glava",
    "сайт obninsk-adm.ru не работает",
    "портал наш-город.рф",
    "позвонить 89161234567",
    "телефон 8 (916) 123-45-67",
    "тел. +7 484 39 5 12 34",
    "аварийная 6-12-34-56",
    "снилс 112-233-445 95",
    "инн 4025012345",
    "паспорт 2905 123456",
    "паспорт 29 05 123 456",
    "карта 4276 1234 5678 9012",
    "родился 12.05.1980",
    "Иванов Пётр Сергеевич",
    "жалоба на соседа Сергеевича",
    "где работает Мария Петрова",
    "Смирнова М. А. приёмные часы",
    "Кузнецов",
    "улица Победы, д. 5, кв. 12",
    "квартира 12 затопили соседи",
)
SENSELESS = ("", "а", "и на по", "б в", "фывапр олдж", "qwzx", "12 34", "!!! ???", "и")
INDECENT = ("мэр мудак", "дороги хуйня", "бля когда снег уберут")
FINE = {
    "уборка снега 2023-2024": "Уборка снега 2023-2024",
    "бюджет 2024 2025 года": "Бюджет 2024 2025 года",
    "как применять 131-ФЗ и 44-ФЗ": "Как применять 131-ФЗ и 44-ФЗ",
    "  борщевик   Сосновского (пересылка семян)?  ": "Борщевик Сосновского (пересылка семян)",
    "музей Пушкина в селе": "Музей Пушкина в селе",
    "памятник Ленину": "Памятник Ленину",
    "паспорт практики": "Паспорт практики",
    "художники, хутора и оскорбления": "Художники, хутора и оскорбления",
    "школа на 1200 мест": "Школа на 1200 мест",
}


@pytest.mark.parametrize("text", PERSONAL)
def test_nothing_about_a_person_is_kept(text):
    assert screen(text, text, True) is None


@pytest.mark.parametrize("text", [*SENSELESS, *INDECENT])
def test_nothing_senseless_or_indecent_is_kept(text):
    assert screen(text, text, False) is None


@pytest.mark.parametrize(("text", "shown"), FINE.items())
def test_the_rest_is_kept_tidily(text, shown):
    found = screen(text, text, False)
    assert found is not None and found.text == shown


def test_long_questions_are_not_kept():
    assert screen("уборка " * 13, "уборка " * 13, True) is None
    assert screen("благоустройство территории " * 4, "благоустройство территории " * 4, True) is None


def test_mended_words_make_the_question():
    wrong = screen("убока сенга", "уборка снега", True)
    assert wrong.key == screen("снег: уборка", "снег: уборка", True).key
    assert wrong.text == "Уборка снега"
    assert screen("bdfyjd gtnh cthuttdbx", "иванов петр сергеевич", True) is None


def test_a_word_nobody_knows_counts_where_the_index_has_it():
    assert screen("скалодром", "скалодром", False) is None
    assert screen("скалодром", "скалодром", True) is not None

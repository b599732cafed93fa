"""The results page over an index that follows at a word."""

import pytest


@pytest.fixture
def five(make, indexed):
    """Practices about yards that differ in what facets tell apart; two comments; two people."""
    make.region("69", "Тверская область", x=2)
    village = make.place("Павловка", region="69", population=1_900, type="rural_settlement", category=2)
    town = make.place("Обнинск", population=124_000)
    author = make.person("Мария Соколова", position="Хозяин двора", municipality=town)
    make.practice("Свет двора", author=author, municipality=town, tags=["освещение", "дворы"], finished="2023-11")
    make.practice("Датчики двора", author=author, municipality=town, nomination=2, status="failed", tags=["датчики"], finished="2024-02")
    make.practice("Колодцы двора", author=author, municipality=village, status="scaling", tags=["вода"], started="2021-05", finished=None,
                  cost_local=100_000, cost_extra=None)  # fmt: skip
    make.practice("Праздник двора", author=author, municipality=village, nomination=3, status="failed", finished="2023-01",
                  cost_local=None, cost_extra=None)  # fmt: skip
    last = make.practice("Старт двора", author=author, municipality=village, nomination=5, status="pilot", tags=["дворы"],
                         started="2024-09", finished=None, cost_local=300_000, cost_extra=None)  # fmt: skip
    make.comment(last, "А сколько двору лет?")
    indexed()
    return author

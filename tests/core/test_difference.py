"""What the revision history shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core import difference
from forum.core.difference import Piece, by_word

TEXT = st.lists(
    st.sampled_from(["Провели", "обследование", "дворы", " ", "\n", "\n\n", ", ", ".", "и"]) | st.text(max_size=3), max_size=40
).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_both_versions_can_be_read_from_the_pieces(old, new):
    pieces = by_word(old, new)
    assert "".join(p.text for p in pieces if p.kind != "ins") == old
    assert "".join(p.text for p in pieces if p.kind != "del") == new
    assert all(p.text for p in pieces)


@given(TEXT)
def test_the_same_text_has_no_changes(text):
    assert by_word(text, text) == ([Piece("same", text)] if text else [])


def test_only_the_changed_words_are_marked():
    pieces = by_word(
        "Один.\nПодрядчик заменил 640 светильников за лето.\nТри.\n", "Один.\nПодрядчик заменил 700 светильников за лето.\nТри.\n"
    )
    assert pieces == [
        Piece("same", "Один.\nПодрядчик заменил "),
        Piece("del", "640"),
        Piece("ins", "700"),
        Piece("same", " светильников за лето.\nТри.\n"),
    ]


def test_words_next_to_each_other_are_one_change():
    pieces = by_word("город платит ему часть экономии\n", "город платит подрядчику долю экономии\n")
    assert [p for p in pieces if p.kind != "same"] == [Piece("del", "ему часть"), Piece("ins", "подрядчику долю")]


def test_a_rewritten_line_is_replaced_whole():
    pieces = by_word("Во дворах темно.", "Построили школу на 300 мест")
    assert pieces == [Piece("del", "Во дворах темно."), Piece("ins", "Построили школу на 300 мест")]


def test_a_new_line_is_an_insertion():
    assert by_word("а\nв\n", "а\nб\nв\n") == [Piece("same", "а\n"), Piece("ins", "б\n"), Piece("same", "в\n")]


def _work_of(monkeypatch, old: str, new: str) -> tuple[int, list[Piece]]:
    budgets: list[difference._Work] = []

    class Noted(difference._Work):
        def __init__(self, left: int) -> None:
            super().__init__(left)
            budgets.append(self)

    monkeypatch.setattr(difference, "_Work", Noted)
    pieces = by_word(old, new)
    return sum(difference.MAX_WORK - budget.left for budget in budgets), pieces


def test_long_unlike_texts_stay_within_the_budget(monkeypatch):
    pairs = [
        ("а б " * 25_000, "б в " * 25_000),
        ("\n".join(str(n) for n in range(15_000)), "\n".join(str(n) for n in range(15_000, 0, -1))),
        ("\n" * 50_000 + "x", "\n \n" * 30_000),
        (" ".join(str(n) for n in range(15_000)), " ".join(str(n * 7 % 15_000) for n in range(15_000))),
        # Many paragraphs, each within its own limit: the budget is for all of them.
        ("\n–\n".join(["а б в г " * 100] * 60), "\n–\n".join(["г а д б " * 100] * 60)),
    ]
    for old, new in pairs:
        work, pieces = _work_of(monkeypatch, old, new)
        # One step past the budget is finished before it is noticed: at most a walk along every diagonal.
        assert work <= 2 * difference.MAX_WORK + len(old) + len(new)
        assert "".join(p.text for p in pieces if p.kind != "ins") == old
        assert "".join(p.text for p in pieces if p.kind != "del") == new

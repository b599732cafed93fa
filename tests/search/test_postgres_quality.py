"""PostgreSQL answers as well as Whoosh: the same questions over the same part of DaNetQA, side by side."""

import json
import statistics
from datetime import UTC, datetime

import pytest

from forum.search.port import Document, Query
from tests.search.test_quality import DATA, ndcg

# The same texts are taken to their stems by test_quality.py.
pytestmark = pytest.mark.xdist_group("quality")

QUESTIONS, OTHERS = 50, 200  # questions asked, and documents beside those that answer them
DAY = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def part():
    """Documents by name, and questions."""
    if not DATA.is_dir():
        pytest.skip("../shared/search (DaNetQA) is not there: the quality of search was not measured")
    cases = list(json.loads((DATA / "danetqa.queries.json").read_text("utf-8")).values())
    chosen = cases[:: len(cases) // QUESTIONS][:QUESTIONS]
    answers = {name for case in chosen for name in case["relevant"]}
    rows = [json.loads(line) for line in (DATA / "danetqa.practices.jsonl").open(encoding="utf-8")]
    others = [row for row in rows if row["external_id"] not in answers][:OTHERS]
    return {row["external_id"]: row for row in [*others, *(row for row in rows if row["external_id"] in answers)]}, chosen


def test_questions_are_answered_as_well_as_by_whoosh(part, open_postgresql, open_whoosh):
    rows, cases = part
    names = list(rows)
    documents = [
        Document(n, 1, "practice", row["title"], f"{row['summary']}\n{row['solution']}", "А", DAY) for n, row in enumerate(rows.values(), 1)
    ]
    engines = [open_postgresql(), open_whoosh()]
    for engine in engines:
        engine.rebuild(documents)
    for asked in ("query", "typo"):
        ours, theirs = (statistics.fmean(_score(engine, names, case, asked) for case in cases) for engine in engines)
        assert ours >= theirs - 0.01, asked
        assert ours >= 0.75, asked


def _score(engine, names, case, asked):
    hits = engine.search(Query(case[asked], limit=10)).hits
    return ndcg([names[hit.id - 1] for hit in hits], set(case["relevant"]))

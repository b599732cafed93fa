"""How well real Russian questions are answered: DaNetQA (CC0), kept beside the checkout, not in it."""

import json
import math
import os
import statistics
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forum.search.port import Document, Query
from forum.search.whoosh_engine import WhooshEngine, filling

# An index of the whole retrieval set is dear.
pytestmark = pytest.mark.xdist_group("quality")

DATA = Path(__file__).parents[3] / "shared/search"
SAMPLE = 4  # every fourth question


def ndcg(ranked, relevant):
    gain = sum(1 / math.log2(place + 2) for place, one in enumerate(ranked[:10]) if one in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(relevant), 10)))


@pytest.fixture(scope="module")
def danetqa(tmp_path_factory):
    """The engine over all documents, and the questions."""
    if not DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared/search (DaNetQA) is missing")
        pytest.skip("../shared/search (DaNetQA) is not there: the quality of search was not measured")
    rows = [json.loads(line) for line in (DATA / "danetqa.practices.jsonl").open(encoding="utf-8")]
    names = [row["external_id"] for row in rows]
    engine = WhooshEngine(tmp_path_factory.mktemp("danetqa"))
    day = datetime(2024, 1, 1, tzinfo=UTC)
    documents = [Document(n, 1, "practice", row["title"], f"{row['summary']}\n{row['solution']}", "А", day) for n, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as here:
        # Not in a process beside, so that the stems of all words are known when the lexicon is derived, and to the next file of the group.
        here.setattr(filling, "ALONE", len(rows) + 1)
        engine.rebuild(documents)
    yield engine, names, list(json.loads((DATA / "danetqa.queries.json").read_text("utf-8")).values())
    engine.close()


@pytest.mark.parametrize(("asked", "bar"), [("query", 0.76), ("typo", 0.74)])
def test_questions_are_answered(danetqa, asked, bar):
    engine, names, cases = danetqa
    scores = []
    for case in cases[::SAMPLE]:
        hits = engine.search(Query(case[asked], limit=10)).hits
        assert hits, case[asked]
        scores.append(ndcg([names[hit.id] for hit in hits], set(case["relevant"])))
    assert statistics.fmean(scores) >= bar

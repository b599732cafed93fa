"""Every rule that refuses has words."""

import re
from pathlib import Path

from forum.practices.models import Practice
from forum.web.refusals import WORDS

CODE = re.compile(r'Refused\(\s*f?"([a-z_.{}]+)"')


def test_every_code_has_words():
    root = Path(__file__).parent.parent.parent / "forum"
    codes = {code for path in root.rglob("*.py") for code in CODE.findall(path.read_text())}
    assert len(codes) > 15
    assert sorted(code for code in codes if "{" not in code and code not in WORDS) == []


def test_the_words_of_missing_fields_exist():

    assert all(f"practice.{name.removesuffix('_id')}_missing" in WORDS for name in Practice.REQUIRED)

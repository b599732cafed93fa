"""No words of the interface outside the catalogues: neither in templates nor in code nor in scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from forum.web import gateway
from tests.catalogues import ROOT

CYRILLIC = re.compile("[А-Яа-яЁё«»№]")
GETTEXT = {"_", "_l", "gettext", "lazy_gettext", "ngettext"}

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
BLOCK = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:_|gettext)\(\s*{STRING}|\bngettext\(\s*{STRING}\s*,\s*{STRING}")
# Questions as one asks them of practices that are written in Russian.
EXAMPLES = {
    "ремонтировать дворы", "«умный город»", "освещение -парк", "дороги регион:Калужская", "вывоз снега год:2023", "тег:дворы статус:пилот",
    "автор:«Мария Соколова»",
}  # fmt: skip
# The language link names a language in that language.
ALLOWED = {
    "components/_footer.html": {"Русский"}, "search/_hints.html": EXAMPLES,
    "open_data/catalogue.html": {"/search.json?q=дворы"},
}  # fmt: skip

# Code that never speaks on a page: commands and the files they read (they speak Russian), texts of the demonstration
# (written by people), and the letters and words that understanding Russian takes.
SPEAKS_RUSSIAN = (
    "cli.py", "forum/demo/", "forum/backup/", "forum/places/loading.py", "forum/practices/importing/files.py",
    "forum/places/choice.py", "forum/core/slug.py", "forum/search/analysis.py", "forum/search/query.py",
    "forum/search/completing.py", "forum/search/field_completion.py", "forum/search/fields.py", "forum/search/highlight.py",
    "forum/search/layout.py", "forum/search/name_sources.py", "forum/demand/screening.py",
    "forum/search/slips.py", "forum/trust/words.py", "forum/search/indexer.py", "forum/attachments/naming.py",
)  # fmt: skip
ALLOWED_IN_CODE = {
    "forum/accounts/devices.py": {"Яндекс Браузер"},  # a name
    "forum/accounts/forms.py": {"Русский"},
    "forum/accounts/letters.py": {r"[^\w\s.,'’()«»-]|_"},  # what a name in a letter may have
    "forum/admin/views/synonyms.py": {"е", "ё"},
    "forum/adoptions/models/adoption.py": {"внедрение практики"},  # words to be found by
    "forum/attachments/reader.py": {r"(?<=[^\W\d_])[-\u00ad]\n(?=[а-яёa-z])"},  # a word parted at the end of a line
    "forum/comparison/matching.py": {"е", "ё"},
    "forum/practices/importing/values.py": {"да", "нет"},  # as files say yes and no
    "forum/core/text/plain.py": {" ,.;:–—-«(["},
    "forum/help/rules.py": {"(?<=Правило )«([^«»]+)»"},  # how ready reasons name a rule
    "forum/notifications/wording.py": {"«", "»"},  # of quotations within quotations
    "forum/personal_data/erasing.py": {"Удалённый участник"},  # a name that is kept
    "forum/practices/views/conflict.py": {"«", "»"},  # of quotations within quotations
    "forum/search/understanding.py": {"([0-9]{1,4})([а-я]{2,})"},
    "forum/search/warming.py": {"прогреть поисск"},  # a question, with a typing error
    "forum/search/page/showing.py": {"автор:", "автор:«", "»"},  # as it is typed into the search box
    "forum/saved_searches/links.py": {":«", "»"},  # as filters are typed into the search box
    "forum/solution_requests/actions.py": {"[Предлагаю практику](/practices/{})"},  # a comment, written for who offers
    "forum/web/forms.py": {r"[\s\N{NO-BREAK SPACE}₽]|руб\.?"},  # what people type into a field of money
}


def left_in_template(text: str) -> list[str]:
    """Words outside gettext, comments aside."""
    plain = CALL.sub("", BLOCK.sub("", COMMENT.sub("", text)))
    return re.findall(r"[^<>{}'\"\n]*[А-Яа-яЁё«»№][^<>{}'\"\n]*", plain)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>Привет</p>", 1),
        ("<p>{{ _('Привет') }}</p>", 0),
        ('<p aria-label="Путь">{{ x }}</p>', 1),
        ("{{ button('Сохранить') }}", 1),
        ("{{ button(_('Сохранить')) }}{# Сохраняет #}", 0),
        ("{{ ngettext('%(num)s голос', '%(num)s голосов', n) }}", 0),
        ("{{ _('Кому: %(to)s', to='Ане') }}", 1),
        ("{% trans %}Пароль изменён{% endtrans %}", 0),
        ("<p>«{{ title }}»</p>", 2),
    ],
)
def test_the_scan_itself_knows_right_from_wrong(text, left):
    assert len(left_in_template(text)) == left


def test_templates_say_nothing_on_their_own():
    found = {}
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = path.relative_to(ROOT / "templates").as_posix()
        # The gallery of components shows texts as people write them, in development only.
        # What goes along with open data says everything in both languages.
        if not name.startswith(("design/", "open_data/readme")) and path.suffix in (".html", ".txt", ".xml"):
            left = {text.strip() for text in left_in_template(path.read_text(encoding="utf-8"))} - ALLOWED.get(name, set())
            found |= {name: left} if left else {}
    assert found == {}


# Below the application there are no catalogues: this page says it in both languages.
ALLOWED_IN_CODE["forum/web/gateway.py"] = {text for text in vars(gateway).values() if isinstance(text, str) and "doctype" in text}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "forum").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", "") or getattr(function, "attr", "")


def docstrings(tree: ast.AST) -> set[ast.AST]:
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)))
    return {body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)}


def test_code_says_nothing_on_its_own():
    found = {}
    for name, tree in modules():
        if any(part in name for part in SPEAKS_RUSSIAN):
            continue
        known = docstrings(tree) | {
            inner for node in ast.walk(tree) if called(node) in GETTEXT for arg in node.args for inner in ast.walk(arg)
        }
        texts = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in known
        }
        left = {text for text in texts if CYRILLIC.search(text)} - ALLOWED_IN_CODE.get(name, set())
        found |= {name: left} if left else {}
    assert found == {}


def test_strings_are_where_they_are_gathered():
    """A call inside an f-string, or with anything but a plain text, is passed over when strings are gathered."""
    hidden = []
    for name, tree in modules():
        formatted = {inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
        for call in (node for node in ast.walk(tree) if called(node) in GETTEXT and node.args):
            if call in formatted or not isinstance(call.args[0], ast.Constant):
                hidden.append(f"{name}:{call.lineno}")
    assert hidden == []


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.js")), ids=lambda path: path.name)
def test_scripts_take_their_words_from_the_page(path: Path):
    assert CYRILLIC.findall(re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)) == []

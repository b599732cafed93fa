"""The table of access: every address × who asks × whose it is × the state it is in. A new address fails until it stands in the table.

Each row gives, for each state, a letter for each of those who ask, in this order:

    g guest · s stranger with an account · a the author · u somebody unconfirmed · x somebody suspended ·
    m moderator of another region · M moderator of this region · A admin

    +  answered: the page, or the step (or a word on what is missing in the form)
    >  sent to sign in       -  403, not theirs to do       0  404, not there for them       *  410, gone
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from forum.accounts.digests import digest
from forum.accounts.models import ApiToken, ModeratedRegion
from forum.adoptions.models import AdoptionNote
from forum.attachments.models import Attachment
from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.files import key_for

STATES = ("draft", "waiting", "published", "hidden", "withdrawn")
ASKING = "gsauxmMA"
TABLE = Path(__file__).with_name("access.txt")
# They end the session that asks.
LAST = ("POST /logout",)
# Enough for most steps to be taken rather than to fail for want of a word.
SENT = {"value": "1", "body": "Сколько это стоило?", "reason": "other", "note": "Повторяет соседнюю запись", "days": "3", "scope": "read"}
SENT |= {"kind": "region", "key": "40"}
PLAIN = {
    "filename": "a",
    "fingerprint": "x",
    "token": "x",
    "domain": "a.ru",
    "name": "a",
    "code": "40",
    "slug": "item",
    "part": "1",
    "number": "1",
    "topic": "rules",
    "format": "csv",
    "form": "csv",
}


def rows() -> dict[str, list[str]]:
    """By method and address: letters, once or for each state."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            method, rule, *letters = line.split()
            found[f"{method} {rule}"] = letters
    return found


def addresses(app) -> list[str]:
    """Every method and address of the application."""
    every = [f"{method} {rule.rule}" for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(every, key=lambda entry: (entry in LAST, entry))


class Stage:
    """People, and things in one state with addresses that lead to them."""

    def __init__(self, make, session, browser, app):
        self.make, self.session, self.browser, self.app = make, session, browser, app
        self._comments, self._files, self._adoptions, self._requests = {}, {}, {}, {}
        self.place = make.place("Обнинск", region="40")
        self.author = make.person("Автор Записи", municipality=self.place)
        self.other = make.person("Другой Человек", municipality=self.place)
        far, near = make.moderator("Модератор Далёкий"), make.moderator("Модератор Здешний")
        make.region("69", "Тверская область")
        session.add_all([ModeratedRegion(person_id=far.id, region_code="69"), ModeratedRegion(person_id=near.id, region_code="40")])
        suspended = make.person("Человек Ограниченный")
        suspended.suspended_until = now() + timedelta(days=3)
        session.commit()
        people = {
            "s": make.person("Чужой Человек"), "a": self.author, "u": make.person("Новый Человек", confirmed=False), "x": suspended,
            "m": far, "M": near, "A": make.admin(),
        }  # fmt: skip
        self.askers = {letter: browser() for letter in ASKING}
        self.tokens = {}
        for letter, person in people.items():
            self.askers[letter].sign_in(person)
            self.tokens[letter] = self.askers[letter].token()
            session.add(ApiToken(person_id=person.id, name="доступ", digest=digest(f"key {letter}"), scope="write"))
        self.tokens["g"] = self.askers["g"].token("/login")
        session.commit()

    def things(self, state):
        practice = self.make.practice(state=state, author=self.author, municipality=self.place)
        self.session.commit()
        return practice

    def values(self, practice, rule):
        """What stands in an address about a thing: its own comment or file where the address is of those."""
        # Of what is no entry there is nothing here: who may not even ask is told apart from who is told that it is not there.
        values = {"id": str(practice.id) if _about_an_entry(rule) else "987654321", "handle": self.other.handle}
        if rule.startswith("/comments/"):
            values["id"] = str(self._comments.setdefault(practice.id, None) or self._comment_on(practice))
        if rule.startswith("/adoptions/"):
            values["id"] = str(self._adoptions.get(practice.id) or self._adoption_like(practice))
            newest = select(func.max(AdoptionNote.id)).where(AdoptionNote.adoption_id == int(values["id"]))
            values["note"] = str(self.session.scalar(newest))
            self.session.commit()  # nothing is held open while others write
        if rule.startswith(("/requests/<", "/api/v1/requests/<")):
            request, values["practice"] = self._requests.get(practice.id) or self._request_like(practice)
            values["id"] = str(request)
        if rule.startswith("/files/"):
            values["id"] = str(self._file_of(practice))
        if rule.endswith("/package.zip"):
            self._file_of(practice)  # a package without documents is none
        return values

    def _comment_on(self, practice):
        comment = self.make.comment(practice, author=self.author)
        self.session.commit()
        self._comments[practice.id] = comment.id
        return comment.id

    def _adoption_like(self, practice):
        """The author's town has a result to tell of a practice elsewhere, in the state of the practice at hand."""
        adoption = self.make.adoption(self.make.practice(municipality=self.make.place(region="71")), self.author, stage="result")
        step = {"draft": adoption.send_back, "waiting": adoption.hold, "hidden": adoption.hide}.get(practice.state)
        if step is not None:
            step(SYSTEM, **({} if practice.state == "waiting" else {"reason": "Проверяем"}))
        if practice.state == "withdrawn":
            adoption.withdraw(self.make.actor(self.author))
        self.session.commit()
        self._adoptions[practice.id] = adoption.id
        return adoption.id

    def _request_like(self, practice):
        """The author asks for a solution, and is offered one, in the state of the practice at hand."""
        request = self.make.request(author=self.author)
        offered = self.make.offer(request, self.make.practice(municipality=self.make.place(region="71"))).practice_id
        step = {"draft": request.send_back, "waiting": request.hold, "hidden": request.hide}.get(practice.state)
        if step is not None:
            step(SYSTEM, **({} if practice.state == "waiting" else {"reason": "Проверяем"}))
        if practice.state == "withdrawn":
            request.withdraw(self.make.actor(self.author))
        self.session.commit()
        self._requests[practice.id] = request.id, str(offered)
        return self._requests[practice.id]

    def _file_of(self, practice):
        if practice.id not in self._files:
            content = b"%PDF-1.4 the estimate"
            self.app.extensions["files"].put(key_for(content), content)
            file = Attachment(
                entry_id=practice.id, is_photo=False, key=key_for(content), name="a.pdf", media_type="application/pdf", size=len(content),
                uploaded_by_id=self.author.id,
            )  # fmt: skip
            self.session.add(file)
            self.session.commit()
            self._files[practice.id] = file.id
        return self._files[practice.id]

    def letter(self, asking: str, method: str, address: str, program: bool) -> str:
        client = self.askers[asking].client
        if program:
            headers = {"Authorization": f"Bearer key {asking}"} if asking != "g" else {}
            answer = client.open(address, method=method, json=_json(address) if method != "GET" else None, headers=headers)
        else:
            data = {**SENT, "csrf_token": self.tokens[asking]}
            if address.endswith("/adoption"):  # of what was offered: see `_request_like`
                data["practice"] = next(offered for id, offered in self._requests.values() if str(id) == address.split("/")[2])
            answer = client.open(address, method=method, data=data if method != "GET" else None)
        status, to = answer.status_code, answer.headers.get("Location", "")
        answer.close()  # what is not read to its end would be sent still
        if status == 401 or (status in (302, 303) and to.partition("?")[0].endswith("/login")):
            return ">"
        return {403: "-", 404: "0", 410: "*"}.get(status, "+" if status < 500 else "!")


def _json(address: str) -> dict[str, object]:
    """What a program sends there."""
    last = address.rpartition("/")[2]
    return {"comments": {"body": SENT["body"]}, "vote": {"value": 1}}.get(last, {"title": "Другое название"})


def _filled(rule: str, values: dict[str, str]) -> str:
    return re.sub(r"<(?:[^:<>]*(?:\([^)]*\))?:)?(\w+)>", lambda match: values.get(match[1], PLAIN.get(match[1], "1")), rule)


def _about_an_entry(rule: str) -> bool:
    return bool(re.match(r"(/api/v1)?/(entries|practices|comments|files|adoptions|requests)/<", rule))


@pytest.fixture
def stage(make, session, browser, app):
    return Stage(make, session, browser, app)


def measured(stage, session, addresses, state) -> dict[str, str]:
    """The letters of addresses for one state: each step is tried on an entry of its own, since it may change it."""
    found, practice = {}, None
    for entry in addresses:
        method, rule = entry.split()
        letters = ""
        for asking in ASKING:
            if practice is None:
                practice = stage.things(state)
            address = _filled(rule, stage.values(practice, rule))
            letter = stage.letter(asking, method, address, program=rule.startswith("/api/"))
            letters += letter
            if method != "GET" and letter == "+":
                practice = None
        found[entry] = letters
    return found


def compared(found: dict[str, str], column: int) -> list[str]:
    """Where the letters are not those of the table."""
    table = rows()
    return [
        f"{entry}: {letters}, the table says {table[entry][column]}" for entry, letters in found.items() if table[entry][column] != letters
    ]


def test_every_address_is_in_the_table_and_no_other(app):
    assert set(rows()) == set(addresses(app))
    assert all(len(letters) == (len(STATES) if _about_an_entry(entry.split()[1]) else 1) for entry, letters in rows().items())


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_with_an_entry(app, stage, session, state):
    about = [entry for entry in addresses(app) if _about_an_entry(entry.split()[1])]
    assert compared(measured(stage, session, about, state), STATES.index(state)) == []


def test_who_may_open_what_else(app, stage, session, indexed):
    indexed()  # search answers with 503 while there is nothing to search in
    rest = [entry for entry in addresses(app) if not _about_an_entry(entry.split()[1])]
    assert compared(measured(stage, session, rest, "published"), 0) == []

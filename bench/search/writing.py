"""Somebody who writes, through the domain: `python -m bench.search.writing RATE TOGETHER SEED PUBLISHES EDITS HIDES`.

So many changes a second, so many of them in one transaction; the shares are of new practices, of new words for old ones, and
of practices taken out of sight or shown again. Says after each commit, as lines of JSON, what was done and when (by the
monotonic clock, which all processes share). Obeys `pause` and `go` on its input, and stops when that is closed.
"""

import json
import sys
import threading
import time
from random import Random

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from forum import create_app
from forum.comments.models import Comment
from forum.core.actor import SYSTEM, Actor
from forum.demo import words
from forum.entries.models import State
from forum.extensions import db
from forum.places.models import Municipality
from forum.practices.models import Practice

LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
REMARKED = 0.2  # share of new practices that somebody says something on
SENTENCES = 9  # of a section: with three of them as long as a practice of the volume
KEPT = 400  # practices that are edited and hidden: the last that were published


class Writer:
    """Writes as one trusted author. Every practice bears a word that no other has; an edit takes another."""

    def __init__(self, seed: int, shares: list[float]) -> None:
        self.chance, self.shares = Random(seed), shares
        self.words: dict[int, str] = {}
        self.hidden: set[int] = set()
        with Session(db.engine) as session:
            # Everywhere but where the volume is, there are people: the first will do.
            author = session.scalar(select(Practice.author_id).limit(1))
            self.places = list(session.scalars(select(Municipality.id).order_by(Municipality.id).limit(200)))
            self.actor = Actor(id=author, role="employee", confirmed=True, trusted=True)

    def change(self, together: int) -> list[dict[str, object]]:
        """Some changes, committed; what to say of them."""
        said, began = [], time.monotonic()
        with Session(db.engine, expire_on_commit=False) as session:
            for _ in range(together):
                (verb,) = self.chance.choices([self.publish, self.edit, self.hide_or_restore], self.shares)
                said.append(verb(session) if self.words else self.publish(session))
                session.flush()
                session.expunge_all()
            session.commit()
        return [{"began": began, "at": time.monotonic(), **one} for one in said]

    def word(self) -> str:
        """Far from every other word, so that no spelling takes one for another."""
        return "".join(self.chance.choices(LETTERS, k=14))

    def text(self, sentences: int = SENTENCES) -> str:
        """Who did what, when, and what came of it; composed as the volume is."""
        parts = (words.WHO, words.DID, words.WHAT, words.WHEN)
        return ". ".join(" ".join(map(self.chance.choice, parts)) + self.chance.choice(words.THEN) for _ in range(sentences))

    def title(self, word: str) -> str:
        """With the word that no other has."""
        return f"{self.chance.choice(words.TITLE_STARTS)} {self.chance.choice(words.WHAT)} {word}"

    def publish(self, session: Session) -> dict[str, object]:
        """A new practice, now and then with a remark under it."""
        word = self.word()
        practice = Practice(author_id=self.actor.id, title=self.title(word), summary=self.text(2), nomination_id=self.chance.randint(1, 5))
        practice.steps, practice.resources, practice.indicators, practice.tags, practice.html = [], [], [], [], {}
        # Not through `write`: what Markdown costs is not the question here.
        practice.problem, practice.solution, practice.results = self.text(), self.text(), self.text()
        session.add(practice)
        practice.move_to(session.get(Municipality, self.chance.choice(self.places)))
        session.flush()
        practice.publish(self.actor)
        if self.chance.random() < REMARKED:
            Comment.on(practice, self.text(2), self.actor).publish(self.actor)
        return self._did("published", practice.id, word)

    def edit(self, session: Session) -> dict[str, object]:
        """Another word in place of the old one."""
        number, word = self.chance.choice([number for number in self._recent() if number not in self.hidden] or self._recent()), self.word()
        practice = session.get_one(Practice, number)
        practice.title, practice.problem = self.title(word), self.text()
        practice.touch(words=True)
        practice.record("practice.edited", by=self.actor)
        return self._did("edited", number, word)

    def hide_or_restore(self, session: Session) -> dict[str, object]:
        """Out of sight, or back."""
        number = self.chance.choice(self._recent())
        practice = session.get_one(Practice, number)
        if practice.state == State.HIDDEN:
            practice.restore(by=SYSTEM)
            self.hidden.discard(number)
            return self._did("restored", number, self.words[number])
        practice.hide(by=SYSTEM, reason="Проверка поиска")
        self.hidden.add(number)
        return self._did("hidden", number, self.words[number])

    def _recent(self) -> list[int]:
        return list(self.words)[-KEPT:]

    def _did(self, what: str, number: int, word: str) -> dict[str, object]:
        before, self.words[number] = self.words.get(number), word
        return {"did": what, "id": number, "word": word, "before": before if before != word else None, "public": number not in self.hidden}


def main() -> None:
    """Write until told to stop."""
    rate, together, seed, *shares = map(float, sys.argv[1:7])
    going, ended = threading.Event(), threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            (going.set if line.strip() == "go" else going.clear)()
        ended.set()
        going.set()

    app = create_app()
    with app.app_context():
        writer = Writer(int(seed), shares)
        threading.Thread(target=listen, daemon=True).start()
        print(json.dumps({"did": "ready"}), flush=True)
        due = time.monotonic()
        while not ended.is_set():
            if not going.is_set():
                going.wait()
                due = time.monotonic()
                continue
            try:
                said = writer.change(int(together))
            except OperationalError:  # ten seconds without the database's lock: a person would see 503 and try again
                said = [{"did": "refused"}]
            for one in said:
                print(json.dumps(one))
            sys.stdout.flush()
            # Not so far behind that a slow second is made up for by a burst.
            due = max(due + together / rate, time.monotonic() - 1)
            ended.wait(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    main()

"""`make.practice(…)`: real rows through the domain's own verbs, with plausible defaults."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, wraps
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import ModeratedRegion, Person, Role
from forum.accounts.queries import as_actor
from forum.adoptions import actions
from forum.adoptions.models import Adoption, Stage
from forum.comments.models import Comment
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.entries.revisions import revise
from forum.moderation.models import Report
from forum.places.models import Municipality, Region
from forum.practices.models import Practice
from forum.solution_requests import actions as requests
from forum.solution_requests.models import Offer, SolutionRequest
from forum.taxonomy.models import Nomination, Obstacle, tags_named

PASSWORD = "correct horse battery"


@lru_cache
def hashed(password: str) -> str:
    """A cheap hash of the real kind: tests sign in often."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def committed(method: Callable[..., Any]) -> Callable[..., Any]:
    """What a method makes is committed at once with all that it had to make first."""

    @wraps(method)
    def make(self: "Make", *args: Any, **more: Any) -> Any:
        self.depth += 1
        try:
            made = method(self, *args, **more)
        finally:
            self.depth -= 1
        if not self.depth:
            self.session.commit()
        return made

    return make


class Make:
    """Makes and commits; every object stays usable afterwards."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = itertools.count(1)
        self.depth = 0  # of methods that call each other

    def _keep(self, obj: Any) -> Any:
        self.session.add(obj)
        self.session.flush()
        return obj

    @committed
    def region(self, code: str = "40", name: str = "Калужская область", x: int = 1, y: int = 1) -> Region:
        found = self.session.get(Region, code)
        return found or self._keep(
            Region(
                code=code,
                name=name,
                name_en=name,
                district="central",
                capital="Калуга",
                abbr=name[:3].upper() + code[-1],
                tile_x=x,
                tile_y=y,
            )
        )

    @committed
    def place(self, name: str | None = None, region: str = "40", population: int | None = 124_000, **more: Any) -> Municipality:
        self.region(region) if region == "40" else self.region(region, f"Область {region}", x=int(region), y=2)
        more.setdefault("type", "urban_okrug")
        more.setdefault("category", 1)
        place = Municipality(name=name or f"Город {next(self.numbers)}", region_code=region, population=population, **more)
        place.compare_anew()
        return self._keep(place)

    @committed
    def nomination(self, number: int = 1) -> Nomination:
        found = self.session.get(Nomination, number)
        titles = {
            "title": f"Номинация {number}",
            "title_en": f"Nomination {number}",
            "short": f"Номинация {number}",
            "short_en": f"Nomination {number}",
        }
        return found or self._keep(Nomination(id=number, **titles))

    @committed
    def person(
        self, name: str = "Мария Соколова", *, trusted: bool = True, confirmed: bool = True, region: str = "40", **more: Any
    ) -> Person:
        number = next(self.numbers)
        values = {"handle": f"person{number}", "email": f"person{number}@example.org", "position": "Специалист", **more}
        regions = values.pop("regions", ())
        password = values.pop("password", PASSWORD)
        person = Person(name=name, password_hash=hashed(password), **values)
        person.municipality = values.get("municipality") or self.place(region=region)
        person.confirmed_at = now() if confirmed else None
        person.verified_at = now() if trusted else None
        self._keep(person)
        if regions:
            for code in regions:
                self.region(code) if code == "40" else self.region(code, f"Область {code}", x=int(code), y=2)
                self.session.add(ModeratedRegion(person_id=person.id, region_code=code))
        return person

    def moderator(self, name: str = "Галина Миронова", **more: Any) -> Person:
        return self.person(name, role=Role.MODERATOR, **more)

    def admin(self, name: str = "Антон Ясный", **more: Any) -> Person:
        return self.person(name, role=Role.ADMIN, **more)

    def actor(self, person: Person) -> Actor:
        """The actor of a person, with what it needs loaded."""
        return self.session.execute(as_actor(person.id), execution_options={"populate_existing": True}).unique().scalar_one().as_actor()

    @committed
    def practice(self, title: str | None = None, *, state: str = "published", author: Person | None = None, **more: Any) -> Practice:
        """A practice with all that publishing needs; `state` draft, published, waiting, hidden or withdrawn."""
        author = author or self.person()
        values: dict[str, Any] = {
            "summary": "Заменили светильники во дворах и вернули деньги за три года.",
            "nomination_id": self.nomination(more.pop("nomination", 1)).id,
            "status": "implemented",
            "started": "2022-09",
            "finished": "2023-11",
            "cost_local": 1_700_000,
            "cost_extra": 13_200_000,
        }
        sections = {
            "problem": "Во дворах горел каждый третий светильник.",
            "solution": "Заключили энергосервисный договор.",
            "results": "Расход энергии упал вдвое.",
        }
        sections |= {name: more.pop(name) for name in Practice.MARKDOWN if name in more}
        place, tags, rows = (
            more.pop("municipality", None),
            more.pop("tags", []),
            {k: more.pop(k) for k in ("steps", "resources", "indicators") if k in more},
        )
        practice = Practice(author_id=author.id, title=title or f"Светлые дворы {next(self.numbers)}", **{**values, **more})
        practice.steps, practice.resources, practice.indicators, practice.tags = [], [], [], []
        self.session.add(practice)
        practice.move_to(place or self.place(region=more.get("region") or "40"))
        practice.tags = tags_named(self.session, tags)
        for name, text in sections.items():
            practice.write(name, text)
        for name, objects in rows.items():
            setattr(practice, name, objects)
        self._bring_to(practice, state, author)
        return practice

    @committed
    def comment(
        self,
        on: Any,
        body: str = "Кто считал экономию, город или подрядчик?",
        *,
        author: Person | None = None,
        parent: Any = None,
        state: str = "published",
    ) -> Comment:
        author = author or self.person("Анна Ветрова")
        comment = Comment.on(on, body, self.actor(author), parent)
        self._bring_to(comment, state, author)
        return comment

    @committed
    def obstacle(self, code: str = "money") -> Obstacle:
        found = self.session.scalar(select(Obstacle).where(Obstacle.code == code))
        names = {"money": "не нашлось денег", "owners": "не согласовали собственники"}
        return found or self._keep(Obstacle(code=code, name=names.get(code, code), name_en=code, position=next(self.numbers)))

    @committed
    def adoption(self, practice: Practice, keeper: Person | None = None, *, stage: str = "interest", confirmed: bool = False) -> Adoption:
        """A town's record of a practice at a stage, kept by a person of that town; a result is `confirmed` by the practice's author."""
        keeper = keeper or self.person("Олег Лапин", region="69")
        actor = self.actor(keeper)
        adoption = actions.adopt(self.session, self.session.get_one(Practice, practice.id), actor)
        if stage != Stage.INTEREST:
            said = {"result": "Светильники заменили.", "refused": "Подрядчик не нашёлся."}.get(stage, "")
            adoption.advance(Stage(stage), actor, now().date(), said, self.obstacle() if stage == Stage.REFUSED else None)
        if confirmed:
            adoption.confirm(self.actor(self.session.get_one(Person, practice.author_id)))
        return adoption

    @committed
    def request(self, title: str = "Чем чистить тротуары", author: Person | None = None, **more: Any) -> SolutionRequest:
        """A published request of an author's town; `problem`, `tags`, `nomination_id`, `until` and the rest as a card has them."""
        author = author or self.person("Инна Белова", region="69")
        until = more.pop("until", now().date() + timedelta(days=60))
        card = {"title": title, "problem": "Техники нет, а дворников двое.", "until": max(until, now().date()), **more}
        town = self.session.get_one(Municipality, more.pop("municipality_id", author.municipality_id))
        made = requests.ask(self.session, card, town, self.actor(author))
        made.until, made.author = until, author
        return made

    @committed
    def offer(self, request: SolutionRequest, practice: Practice, author: Person | None = None, words: str = "У нас так и вышло.") -> Offer:
        """A practice offered to a request."""
        author = author or self.person("Пётр Нилов", region="71")
        known = self.session.get_one(SolutionRequest, request.id), self.session.get_one(Practice, practice.id)
        made = requests.offer(self.session, *known, words, self.actor(author))
        made.comment.author = author
        return made

    @committed
    def report(self, entry: Any, reporter: Person, reason: str = "spam", note: str = "") -> Report:
        return self._keep(Report(entry_id=entry.id, reporter_id=reporter.id, reason=reason, note=note))

    def _bring_to(self, entry: Any, state: str, author: Person) -> None:
        self.session.flush()
        actor = self.actor(author)
        if state == "waiting":
            entry.publish(by=Actor(id=author.id, role="employee", confirmed=True))
        elif state != "draft":
            entry.publish(by=Actor(id=author.id, role="employee", confirmed=True, trusted=True))
        if state == "published":
            revise(entry, by=actor)
        if state == "hidden":
            entry.hide(by=SYSTEM, reason="Рекламный текст")
        if state == "withdrawn":
            entry.withdraw(by=actor)
        entry.author = author

"""Many at once on one thing: votes are counted exactly, a double press makes one, two moderators decide once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from soak.report import Line, bar
from soak.site import Member, Site

TOGETHER = 32
ONCE = re.compile(r'name="once" value="([^"]+)"')


def run(site: Site, voters: int, doubles: int, cases: int) -> list[Line]:
    """All races of these sizes."""
    people = site.members(max(voters + 1, doubles, cases + 1))
    return [*_votes(site, people, voters), *_doubles(site, people[:doubles]), *_moderators(site, people[:cases], cases)]


def _practice(site: Site) -> int:
    return int(site.rows("SELECT max(id) FROM practices WHERE listed_at IS NOT NULL")[0][0])


def _votes(site: Site, people: list[Member], count: int) -> list[Line]:
    number = _practice(site)
    # Nobody votes for their own; what the volume has of these people's votes is taken back first.
    own = site.rows("SELECT email FROM people JOIN entries ON entries.author_id = people.id WHERE entries.id = ?", number)[0][0]
    people = [one for one in people if one.email != own][:count]
    for one in people:
        one.send(f"/entries/{number}/vote", value="0")
    before = site.rows("SELECT score FROM entries WHERE id = ?", number)[0][0]
    with ThreadPoolExecutor(TOGETHER) as pool:
        statuses = list(pool.map(lambda one: [one.send(f"/entries/{number}/vote", value="1") for _ in range(2)], people))
    score, ups, downs = site.rows("SELECT score, ups, downs FROM entries WHERE id = ?", number)[0]
    rows = dict(site.rows("SELECT value, count(*) FROM votes WHERE entry_id = ? GROUP BY value", number))
    faults = sum(status >= 500 for pair in statuses for status in pair)
    return [
        bar(f"{len(people)} people vote at once, twice each", f"{before + len(people)}", score, score == before + len(people)),
        bar("votes counted and votes kept", "equal", f"{ups}, {downs} and {rows}", (ups, downs) == (rows.get(1, 0), rows.get(-1, 0))),
        bar("answers of 500 to voters", "0", faults, faults == 0),
    ]


def _doubles(site: Site, people: list[Member]) -> list[Line]:
    number, before = _practice(site), site.rows("SELECT max(id) FROM entries")[0][0]

    def press(one: Member) -> list[int]:
        twin = Member.__new__(Member)
        twin.__dict__.update({**one.__dict__, "cookies": dict(one.cookies)})
        twin.connection = type(one.connection)("127.0.0.1", one.port, timeout=60)
        key, gate = ONCE.search(one.ask("GET", f"/entries/{number}/comments/new").body), Barrier(2)
        draft = ONCE.search(one.ask("GET", "/practices/new").body)

        def send(who: Member) -> list[int]:
            gate.wait()
            first = who.send(f"/entries/{number}/comments", body=f"Двойное нажатие {id(one)}", once=key[1] if key else "")
            return [first, who.send("/practices/new", action="draft", once=draft[1] if draft else "", problem="Двойное нажатие")]

        with ThreadPoolExecutor(2) as pair:
            return [status for statuses in pair.map(send, (one, twin)) for status in statuses]

    with ThreadPoolExecutor(TOGETHER // 2) as pool:
        statuses = [status for each in pool.map(press, people) for status in each]
    made = dict(site.rows("SELECT kind, count(*) FROM entries WHERE id > ? GROUP BY kind", before))
    return [
        bar(f"{len(people)} comments sent twice at once", str(len(people)), made.get("comment", 0), made.get("comment", 0) == len(people)),
        bar(f"{len(people)} drafts sent twice at once", str(len(people)), made.get("practice", 0), made.get("practice", 0) == len(people)),
        bar("refused or failed presses", "0", sum(status != 303 for status in statuses), all(status == 303 for status in statuses)),
    ]


def _moderators(site: Site, people: list[Member], cases: int) -> list[Line]:
    """Two moderators hide the same reported comment at the same moment: one decision, one line in the log."""
    number = _practice(site)
    two = [site.signed_in("moderator@demo.example"), site.signed_in("admin@demo.example")]
    twice = faults = 0
    for case in range(cases):
        words = f"Случай {case} для двух модераторов"
        people[case].send(f"/entries/{number}/comments", body=words)
        (comment,) = site.rows("SELECT id FROM comments WHERE body = ?", words)[0]
        people[(case + 1) % len(people)].send(f"/entries/{comment}/reports", reason="spam", note="Реклама")
        gate = Barrier(2)

        def hide(who: Member, comment: int = comment, gate: Barrier = gate) -> int:
            gate.wait()
            return who.send(f"/entries/{comment}/hiding", reason="Реклама")

        with ThreadPoolExecutor(2) as pair:
            faults += sum(status >= 500 for status in pair.map(hide, two))
        done = site.rows("SELECT count(*) FROM events WHERE kind = 'moderation.hidden' AND entry_id = ?", comment)[0][0]
        twice += done != 1
    return [
        bar(f"{cases} cases decided by two moderators at once", "decided once each", f"{twice} otherwise", twice == 0),
        bar("answers of 500 to moderators", "0", faults, faults == 0),
    ]

"""What is measured: CPU per request, in rounds, each beside the floor of the same round."""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.instances import Instance
from bench.server import Server
from bench.visitor import Visitor

Request = Callable[[], object]
NEAR = "list, near to a town"


@dataclass
class Case:
    """One kind of request to one server, its bar (times the floor with one SELECT), and how many a round takes."""

    name: str
    server: Server
    request: Request
    bar: float | None = None
    requests: int = 60
    wall: bool = False
    cpu: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def round(self) -> None:
        """Measure once more."""
        for _ in range(3 if self.requests > 10 else 1):
            self.request()
        before = self.server.cpu()
        for _ in range(self.requests):
            began = time.perf_counter()
            self.request()
            self.times.append((time.perf_counter() - began) * 1000)
        self.cpu.append((self.server.cpu() - before) / self.requests)

    @property
    def median(self) -> float:
        """Milliseconds of CPU per request."""
        return statistics.median(self.cpu)

    @property
    def p50(self) -> float:
        """Milliseconds by the clock, as the client waits."""
        return statistics.median(self.times)

    def times_floor(self, floor: "Case") -> float:
        """How many floors it costs: the median over rounds."""
        return statistics.median(own / base for own, base in zip(self.cpu, floor.cpu, strict=True))


def floors(server: Server) -> tuple[Case, Case]:
    """The two floors."""
    visitor = Visitor(server.port)
    return (
        Case("floor, bare", server, lambda: visitor.get("/bare"), requests=150),
        Case("floor, one SELECT", server, lambda: visitor.get("/select"), requests=150),
    )


def _turns(addresses: list[str]) -> Iterator[str]:
    return itertools.cycle(addresses)


def _pages(instance: Instance) -> dict[str, list[str]]:
    filtered = [f"/practices?district={name}&nomination=1" for name in instance.districts(1)]
    return {
        "home": ["/"],
        "list": ["/practices"],
        "list, filtered": filtered,
        NEAR: ["/practices?sort=near", "/practices?sort=near&status=implemented", "/practices?sort=near&near=mine"],
        "practice, 20 comments": [f"/practices/{number}/{slug}" for number, slug in instance.talked_of()],
    }


def reading(instance: Instance, cached: Server, uncached: Server) -> list[Case]:
    """Each page by guests – kept, not kept, not changed – and by somebody signed in."""
    member, own = Visitor(cached.port), {"town": instance.town()}
    member.sign_in(instance.people()[0])
    cases = []
    for name, addresses in _pages(instance).items():
        strict, town = name != "home", own if name == NEAR else {}
        guest, other = Visitor(cached.port, {**town}), Visitor(uncached.port, {**town})
        cases += [
            Case(f"{name}: guest, cached", cached, _open(guest, addresses), 2 if strict else None, 150),
            Case(f"{name}: guest, cached, gzip", cached, _open(guest, addresses, **{"Accept-Encoding": "gzip"}), None, 150),
            Case(f"{name}: guest, 304", cached, _unchanged(guest, addresses), None, 150),
            Case(f"{name}: guest, page not kept", uncached, _open(other, addresses), 5 if strict else None),
            Case(f"{name}: signed in", cached, _open(member, addresses), 5 if strict else None),
        ]
    return cases


def _open(visitor: Visitor, addresses: list[str], **headers: str) -> Request:
    turns = _turns(addresses)
    return lambda: visitor.get(next(turns), **headers)


def _unchanged(visitor: Visitor, addresses: list[str]) -> Request:
    tags = {address: visitor.get(address).headers["etag"] for address in addresses}
    turns = _turns(addresses)

    def request() -> object:
        address = next(turns)
        return visitor.get(address, 304, **{"If-None-Match": tags[address]})

    return request


def writing(instance: Instance, server: Server) -> list[Case]:
    """Signing in, voting and commenting. Many people comment, since each has a quota."""
    emails = itertools.cycle(instance.people())
    people = [Visitor(server.port) for _ in range(10)]
    practices = instance.talked_of()
    address = "/practices/{}/{}".format(*practices[0])
    tokens = {}
    for visitor in people:
        visitor.sign_in(next(emails))
        tokens[id(visitor)] = visitor.token(address)
    turns, values, numbers = itertools.cycle(people), itertools.cycle("10"), itertools.count()
    targets = itertools.cycle([number for number, _ in practices])

    def comment() -> object:
        visitor, number = next(turns), next(numbers)
        body = f"Проверили у себя: сроки сошлись, смета тоже. Замечание № {number}."
        return visitor.post(f"/entries/{next(targets)}/comments", body=body, csrf_token=tokens[id(visitor)])

    def vote() -> object:
        return people[0].post(f"/entries/{practices[1][0]}/vote", value=next(values), csrf_token=tokens[id(people[0])])

    return [
        Case("sign in", server, lambda: Visitor(server.port).sign_in(next(emails)), requests=5, wall=True),
        Case("vote", server, vote, requests=30, wall=True),
        Case("post a comment", server, comment, requests=30, wall=True),
    ]

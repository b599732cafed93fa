"""`python -m bench [--sizes 1000:10000,10000:100000] [--rounds 5] [--keep FOLDER]`: CPU per request beside the floor, at each size."""

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import floor, measure
from bench.instances import Instance, prepare
from bench.measure import Case
from bench.report import table
from bench.server import Server

CONF = "gunicorn.conf.py"


def sizes(text: str) -> list[tuple[int, int]]:
    """`1000:10000,10000:100000` as pairs of practices and comments."""
    return [(int(practices), int(comments)) for practices, _, comments in (pair.partition(":") for pair in text.split(","))]


def run(instance: Instance, base: Path, rounds: int) -> tuple[list[Case], list[Case]]:
    """The floors and the cases of one size, measured in turns so that what disturbs the machine disturbs all alike."""
    site = {"FORUM_INSTANCE": str(instance.folder), "FORUM_RATE_LIMITS": "off"}
    with ExitStack() as stack:
        ground = stack.enter_context(Server("bench.floor:create_app()", "bench/floor_conf.py", BENCH_FLOOR=str(base / "floor.sqlite3")))
        cached = stack.enter_context(Server("wsgi:app", CONF, **site))
        uncached = stack.enter_context(Server("wsgi:app", CONF, **site, FORUM_PAGE_CACHE="off"))
        floors = list(measure.floors(ground))
        reading = measure.reading(instance, cached, uncached)
        for number in range(rounds):
            print(f"{instance.name}: reading, round {number + 1} of {rounds}", flush=True)
            for case in [*floors, *reading]:
                case.round()
        writing = measure.writing(instance, cached)
        for number in range(rounds):
            print(f"{instance.name}: writing, round {number + 1} of {rounds}", flush=True)
            for case in writing:
                case.round()
    return floors, [*reading, *writing]


def main() -> None:
    """Make the instances, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=sizes, default=sizes("1000:10000,10000:100000"), help="practices:comments, separated by commas")
    parser.add_argument("--rounds", type=int, choices=range(1, 51), metavar="1–50", default=5)
    parser.add_argument("--keep", type=Path, help="a folder where instances stay for the next run")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        base = Path(scratch)
        floor.fill(base / "floor.sqlite3")
        instances = [prepare((chosen.keep or base).resolve(), *size) for size in chosen.sizes]
        results = [(instance.name, *run(instance, base, chosen.rounds)) for instance in instances]
    print(table(results))


if __name__ == "__main__":
    main()

"""`python -m bench.search`: how fast search answers at each size, beside its peers.

`--freshness`: how soon a change is found on a running site. `--kills N`: whether the index survives that many kills of its writer.
"""

import argparse
import signal
import sys
from pathlib import Path

from bench.search import freshness, kills, report, speed
from bench.search.engines import MAKERS


def numbers(text: str) -> list[int]:
    """`1000,10000` as numbers."""
    return [int(one) for one in text.split(",")]


def names(text: str) -> list[str]:
    """Engines by name."""
    chosen = text.split(",")
    if unknown := set(chosen) - set(MAKERS):
        raise argparse.ArgumentTypeError(f"no such engine: {', '.join(sorted(unknown))}")
    return chosen


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=numbers, default=[1_000, 10_000, 100_000], help="practices, separated by commas")
    parser.add_argument("--rounds", type=int, choices=range(1, 51), metavar="1–50", default=5)
    parser.add_argument("--engines", type=names, default=list(MAKERS), help=",".join(MAKERS))
    parser.add_argument("--keep", type=Path, help="a folder where instances stay for the next run")
    parser.add_argument("--freshness", action="store_true", help="how soon changes are found; nothing else")
    parser.add_argument("--seconds", type=int, default=60, help="of changing, for --freshness")
    parser.add_argument("--rate", type=float, default=100, help="changes a second, for --freshness")
    parser.add_argument("--kills", type=int, metavar="N", help="kill the indexer so often; nothing else")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    for engine in chosen.engines:
        if chosen.freshness:
            print(freshness.measure(chosen.rate, chosen.seconds, engine), flush=True)
        if chosen.kills:
            print(kills.measure(chosen.kills, engine), flush=True)
    if not (chosen.freshness or chosen.kills):
        print(speeds(chosen))


def speeds(chosen: argparse.Namespace) -> str:
    """Every engine there is, at every size; an engine that is not there keeps its column."""
    return report.tables([speed.measure(size, chosen.engines, chosen.rounds, chosen.keep) for size in chosen.sizes])


if __name__ == "__main__":
    main()

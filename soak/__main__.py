"""`python -m soak`: the attacking tests at full size; prints figures beside what they must be, exit status 1 where one is missed."""

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from soak import backup, full_disk, kills, malformed, races, shutdown
from soak.report import Line, bar, table
from soak.site import Site

PARTS = ("races", "kills", "shutdown", "full-disk", "backup", "malformed")


def main() -> None:
    """Run the parts, print the table."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--voters", type=int, default=200)
    parser.add_argument("--doubles", type=int, default=50)
    parser.add_argument("--cases", type=int, default=20, help="decided by two moderators at once")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--requests", type=int, default=1_000, help="to web processes that are told to stop")
    parser.add_argument("--practices", type=int, default=10_000, help="of the site that is copied; five times as many comments")
    parser.add_argument("--seconds", type=int, default=120, help="of writing while it is copied")
    parser.add_argument("--each", type=int, default=100, help="malformed requests to every address: there are some 260 of these")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        for part, action in actions(chosen).items():
            if chosen.parts and part not in chosen.parts:
                continue
            began, before = time.monotonic(), len(lines)
            print(f"{part}…", file=sys.stderr, flush=True)
            try:
                lines += action(Path(scratch) / part)
            except Exception as error:  # the others run all the same
                traceback.print_exc()
                lines.append(bar(part, "runs to its end", repr(error)[:80], False))
            # At once: whoever stops it later has what came out so far.
            print(f"{part}: {time.monotonic() - began:.0f} s\n{table(lines[before:])}\n", file=sys.stderr, flush=True)
    print(table(lines))
    raise SystemExit(not all(line.holds for line in lines))


def actions(chosen: argparse.Namespace) -> dict[str, Callable[[Path], list[Line]]]:
    """What each part does in a folder of its own."""
    people = max(chosen.voters, chosen.doubles, chosen.cases) + 5
    return {
        "races": lambda folder: beside_a_site(folder, people, lambda site: races.run(site, chosen.voters, chosen.doubles, chosen.cases)),
        "kills": lambda folder: beside_a_site(folder, 10, lambda site: kills.run(site, chosen.kills)),
        "shutdown": lambda folder: beside_a_site(folder, 10, lambda site: stops(site, chosen.requests)),
        "full-disk": full_disk.run,
        "backup": lambda folder: backup.run(folder, (chosen.practices, 5 * chosen.practices), chosen.seconds),
        "malformed": lambda folder: malformed.run(folder, chosen.each),
    }


def beside_a_site(folder: Path, people: int, act: Callable[[Site], list[Line]]) -> list[Line]:
    """Do it to a running site; and what its log says afterwards."""
    with Site(folder, people) as site:
        lines, crashes = act(site), site.faults()
    return [*lines, bar(f"crashes in the log of {folder.name}", "0", "; ".join(crashes[:2]) or "0", not crashes)]


def stops(site: Site, requests: int) -> list[Line]:
    """Web processes beside the site's own, on the same data, stopped again and again."""
    told = shutdown.run({"FORUM_INSTANCE": str(site.folder)}, requests)
    odd = {what: number for what, number in told.items() if what not in ("answered", "stops", "broken between two")}
    found = f"{told['dropped']} of {told['answered'] + told['dropped']}, {told['stops']} times"
    return [
        bar("accepted requests dropped by SIGTERM under load", "0", found, told["dropped"] == 0),
        bar("other answers meanwhile", "none", odd or "none", not odd),
    ]


if __name__ == "__main__":
    main()

"""`python -m bench.audit [--url http://…]`: the table of points and errors; exit 1 where a bar is missed (100 × 4, 0 errors)."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench.audit import tools
from soak.site import Site
from tests.browser import find_chromium
from tests.journeys.addresses import addresses, places_of
from tests.journeys.stranger import Stranger
from tests.journeys.test_pages import MAIN, REST

READ_MOST = ("/", "/practices", "PRACTICE", "/search?q=двор", "/login")


def _quoted(address: str) -> str:
    return quote(address, safe="/?&=+%")


def points(url: str, places: dict[str, str], chromium: str, folder: Path) -> bool:
    """The table of Lighthouse; whether every page has all points."""
    good = True
    print(f"\n{'Lighthouse, mobile':40}{''.join(f'{kind:>16}' for kind in tools.KINDS)}")
    for name, address in zip(READ_MOST, addresses(READ_MOST, places), strict=True):
        found, lost = tools.lighthouse(url + _quoted(address), chromium, folder / "report.json")
        print(f"{name:40}{''.join(f'{found[kind]:16}' for kind in tools.KINDS)}", *(f"    {each}" for each in lost), sep="\n", flush=True)
        good &= min(found.values()) == 100
    return good


def errors(url: str, places: dict[str, str], folder: Path) -> bool:
    """What the Nu checker says of every page of every role; whether it is nothing."""
    files: list[Path] = []
    for who in (*MAIN, *(role for role in REST if role not in MAIN)):
        visitor = Stranger(url)
        if who:
            visitor.sign_in(f"{who}@demo.example")
        paths = [*MAIN.get(who, ()), *REST.get(who, ())]
        for path, address in zip(paths, addresses(paths, places), strict=True):
            files.append(folder / f"{who or 'guest'} {path.replace('/', '∕').replace('?', '_')}.html")
            files[-1].write_text(visitor.get(_quoted(address))[1], "utf-8")
    found = tools.nu(files)
    print(f"\nNu checker: {len(files)} pages, {len(found)} errors", *(f"    {each}" for each in found), sep="\n")
    return not found


def main() -> int:
    """Judge a site of its own, or the one that runs at `--url` with the demonstration."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--url", help="a running site with the demonstration and without rate limits")
    wished = parser.parse_args()
    chromium = find_chromium()
    if lacking := tools.missing(chromium):
        print("The audit did not run; it needs", ", ".join(lacking), file=sys.stderr)
        return 1
    tools.install()
    with tempfile.TemporaryDirectory(prefix="audit-") as scratch:
        folder = Path(scratch)
        if wished.url:
            return _judge(wished.url.rstrip("/"), chromium or "", folder)
        with Site(folder / "site", people=1) as site:
            return _judge(f"http://127.0.0.1:{site.port}", chromium or "", folder)


def _judge(url: str, chromium: str, folder: Path) -> int:
    places = places_of(url)
    good = [errors(url, places, folder), points(url, places, chromium, folder)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())

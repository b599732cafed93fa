"""A disk that is really full: a small one of its own (root, Linux), else this part says that it did not run."""

import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from soak.report import Line, bar
from soak.site import Site, until

SIZE = "48m"
LONG = "Очень длинный рассказ. " * 800


def run(folder: Path) -> list[Line]:
    """Fill it up beside a running site, write, make room, write again."""
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True).returncode:
        return [bar("a disk that is really full", "–", "not run: no right to mount one", True)]
    try:
        with Site(folder / "instance") as site:
            return _filled(site, folder / "ballast")
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)


def _filled(site: Site, ballast: Path) -> list[Line]:
    (member,), number = site.members(1), site.rows("SELECT max(id) FROM practices WHERE listed_at IS NOT NULL")[0][0]
    address = f"/entries/{number}/comments"
    with ballast.open("wb") as file, suppress(OSError):
        while True:
            file.write(bytes(65_536))
            file.flush()
    statuses: list[int] = []
    kept = 0
    for count in range(40):
        try:
            answer = member.ask("POST", address, _body(member.form_token, f"{count} {LONG}"))
        except OSError:
            statuses.append(0)
            continue
        statuses.append(answer.status)
        kept += answer.status == 503 and LONG[:200] in answer.body
    taken = [count for count, status in enumerate(statuses) if status == 303]
    pages = ("/practices", f"/practices/{number}/x", f"/search?{urlencode({'q': 'двор'})}")
    reading = [member.ask("GET", page).status for page in pages for _ in range(3)]
    ballast.unlink()
    again = until(lambda: member.send(address, body="Снова пишется") == 303, 30)
    there = sum(bool(site.rows("SELECT 1 FROM comments WHERE body LIKE ?", f"{count} Очень%")) for count in taken)
    refused = statuses.count(503)
    odd = [status for status in statuses if status not in (303, 503)]
    soon = f"{again:.1f} s" if again is not None else "no"
    return [
        bar("refused on a full disk, with what was typed", "all that is refused", f"{kept} of {refused}", refused > 0 and kept == refused),
        bar("other answers to writing", "none", odd or "none", not odd),
        bar("reading on a full disk", "below 400", sorted(set(reading)), all(status < 400 for status in reading)),
        bar("acknowledged on a full disk and lost", "0", len(taken) - there, there == len(taken)),
        bar("writing goes on once there is room, without a restart", "yes", soon, again is not None),
    ]


def _body(token: str, words: str) -> str:
    return urlencode({"csrf_token": token, "body": words})

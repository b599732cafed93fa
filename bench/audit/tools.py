"""What the audit needs of the machine: Node, Java, Chromium, and the two packages of package-lock.json beside this file."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def missing(chromium: str | None) -> list[str]:
    """What is not there, in words."""
    wanted = {"node": "Node.js 18 or newer", "npm": "npm", "java": "Java 11 or newer"}
    lacking = [words for name, words in wanted.items() if shutil.which(name) is None]
    return lacking if chromium else [*lacking, "Chromium (bin/chromium)"]


def install() -> None:
    """The locked packages, once."""
    done = HERE / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True)


def lighthouse(url: str, chromium: str, report: Path) -> tuple[dict[str, int], list[str]]:
    """Points of a page as a phone gets it, by kind, and what cost points: the middle one of `RUNS`, since a run varies by a point."""
    runs = sorted((_run(url, chromium, report) for _ in range(RUNS)), key=lambda run: sum(_points(run).values()))
    middle = runs[RUNS // 2]
    points = _points(middle)
    return points, [_words(middle["audits"][part["id"]]) for kind in KINDS if points[kind] < 100 for part in _lost(middle, kind)]


def _run(url: str, chromium: str, report: Path) -> dict[str, Any]:
    command = ["node_modules/.bin/lighthouse", url, "--output=json", f"--output-path={report}", "--quiet", f"--chrome-flags={FLAGS}"]
    wanted = [*command, f"--only-categories={','.join(KINDS)}"]
    environment = os.environ | {"CHROME_PATH": chromium}
    # Once in some twenty runs the browser records no start of the page (NO_NAVSTART), and Lighthouse says to run it again.
    if subprocess.run(wanted, cwd=HERE, env=environment, check=False).returncode:
        subprocess.run(wanted, cwd=HERE, env=environment, check=True)
    return dict(json.loads(report.read_text("utf-8")))


def _points(run: dict[str, Any]) -> dict[str, int]:
    return {kind: round((run["categories"][kind]["score"] or 0) * 100) for kind in KINDS}


def _lost(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    audits = found["audits"]
    return [part for part in found["categories"][kind]["auditRefs"] if part["weight"] and (audits[part["id"]]["score"] or 0) < 1
            and audits[part["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")]  # fmt: skip


def _words(audit: dict[str, Any]) -> str:
    return f"{audit['id']}: {audit['title']} {audit.get('displayValue') or ''}".rstrip()


def nu(pages: list[Path]) -> list[str]:
    """Errors of the Nu checker in these files."""
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = subprocess.run(
        ["java", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, pages)], capture_output=True, text=True, check=False
    )
    messages = json.loads(run.stderr or run.stdout or '{"messages": []}')["messages"]
    return [f"{Path(one['url'].partition(':')[2]).stem}, line {one.get('lastLine')}: {one['message']}" for one in messages]

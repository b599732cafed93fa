"""A peer's index from the lines of `feeding`: `python -m bench.search.building fts5|tantivy LINES FOLDER`."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.search.measuring import on_disk
from bench.search.peers import PEERS


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Documents by number."""
    with path.open() as file:
        for line in file:
            number, _, text = line.rstrip("\n").partition("\t")
            yield int(number), text


def main() -> None:
    """Build it and say how it went."""
    kind, source, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    began = time.perf_counter()
    count = PEERS[kind](folder, {}).build(lines(source))
    print(json.dumps({"documents": count, "seconds": time.perf_counter() - began, "bytes": on_disk(folder)}))


if __name__ == "__main__":
    main()

"""What only an index in files can get wrong."""

import pytest

from tests.search.conftest import doc


def test_the_folder_is_private_and_a_failed_rebuild_leaves_nothing_in_it(open_whoosh, tmp_path):
    engine = open_whoosh()
    engine.write([doc(1, "Парк")])
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0

    def broken():
        yield doc(8, "Парк")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        engine.rebuild(broken())
    assert len(list((tmp_path / "index").glob("index-*"))) == 1

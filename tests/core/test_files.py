"""The file store, in a folder and in memory."""

import hashlib
import stat
import threading

import pytest

from forum.core.files import key_for, open_store


@pytest.fixture(params=["file", "memory"])
def store(request, tmp_path):
    return open_store(f"file://{tmp_path}/new/files" if request.param == "file" else "memory:///")


def test_what_is_put_is_got(store):
    key = key_for("Отчёт".encode())
    store.put(key, "Отчёт".encode())
    assert store.get(key) == "Отчёт".encode()
    store.put(key, b"new")
    assert store.get(key) == b"new"
    assert list(store.keys()) == [key]


def test_a_missing_file_is_none_and_may_be_deleted(store):
    key = key_for(b"x")
    assert store.get(key) is None
    store.delete(key)
    store.put(key, b"")
    assert store.get(key) == b""
    store.delete(key)
    assert store.get(key) is None
    assert list(store.keys()) == []


@pytest.mark.parametrize(
    "key",
    ["", "x", "../../etc/passwd", "ab/cd/../x", "/ab/cd/" + "0" * 64, "ab/cd/" + "0" * 63, "AB/CD/" + "0" * 64, "ab/cd/" + "0" * 64 + "\n"],
)
def test_a_key_of_another_shape_is_an_error(store, key):
    for step in (store.get, store.delete, lambda k: store.put(k, b"x")):
        with pytest.raises(ValueError, match="not a key"):
            step(key)


def test_a_key_names_the_content():
    digest = hashlib.sha256(b"x").hexdigest()
    assert key_for(b"x") == f"{digest[:2]}/{digest[2:4]}/{digest}"


def test_a_folder_is_made_for_this_user_alone_and_kept(tmp_path):
    url = f"file://{tmp_path}/with%20space"
    key = key_for(b"x")
    open_store(url).put(key, b"x")
    assert stat.S_IMODE((tmp_path / "with space").stat().st_mode) == 0o700
    assert (tmp_path / "with space" / key).read_bytes() == b"x"
    assert open_store(url).get(key) == b"x"


def test_a_reader_never_sees_half_a_file(tmp_path):
    store = open_store(f"file://{tmp_path}/files")
    key, versions = key_for(b"x"), [b"a" * 2_000_000, b"b" * 2_000_000]
    store.put(key, versions[0])
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for version in versions:
                store.put(key, version)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert all(store.get(key) in versions for _ in range(100))
    finally:
        stop.set()
        writer.join()


def test_foreign_files_in_the_folder_are_not_ours(tmp_path):
    store = open_store(f"file://{tmp_path}/files")
    (tmp_path / "files" / "readme.txt").write_text("x")
    assert list(store.keys()) == []


@pytest.mark.parametrize("url", ["file://host/x", "file:///", "file:relative", "nonsense://x"])
def test_a_wrong_address_is_an_error(url):
    with pytest.raises(Exception, match=r".+"):
        open_store(url)

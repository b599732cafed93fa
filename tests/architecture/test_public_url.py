"""Where nothing else is said, links in letters and feeds lead to where the site is served."""

import pytest

import config


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        (None, None, "http://127.0.0.1:8000"),
        ("127.0.0.1", "8601", "http://127.0.0.1:8601"),
        ("0.0.0.0", "80", "http://127.0.0.1:80"),
        ("::1", "8001", "http://[::1]:8001"),
    ],
)
def test_it_is_where_the_site_listens(monkeypatch, tmp_path, host, port, url):
    for name, value in (("FORUM_PUBLIC_URL", None), ("HOST", host), ("PORT", port)):
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    assert url == config.Settings(INSTANCE=str(tmp_path)).PUBLIC_URL


def test_a_setting_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("FORUM_PUBLIC_URL", "https://forum.example")
    monkeypatch.setenv("PORT", "8601")
    assert config.Settings(INSTANCE=str(tmp_path)).PUBLIC_URL == "https://forum.example"

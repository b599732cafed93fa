"""Each request has a number, in its answer and in the log; the log says nothing of people."""

import json

import pytest
import structlog

import config
from config import Testing
from forum import create_app
from forum.web import logs


@pytest.fixture
def broken(app):
    """A page that fails."""

    def fail():
        raise RuntimeError("a fault of ours")

    fail.access = app.view_functions["practices.about"].access
    app.view_functions["practices.about"] = fail
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    return app


@pytest.fixture
def as_json():
    logs.init_app("json")
    yield
    logs.init_app("lines")


def test_numbers_differ_and_are_ours(app):
    client = app.test_client()
    first, second = (client.get("/healthz", headers={"X-Request-Id": "somebody-elses"}).headers["X-Request-Id"] for _ in range(2))
    assert first != second and "somebody-elses" not in (first, second)


def test_a_proxy_of_ours_may_number_requests(tmp_path):
    app = create_app(Testing(INSTANCE=str(tmp_path), PROXIES=1, SECRET_KEY="a key for tests only"))
    answer = app.test_client().get("/healthz", headers={"X-Request-Id": "from-the-proxy-17"})
    assert answer.headers["X-Request-Id"] == "from-the-proxy-17"
    assert app.test_client().get("/healthz", headers={"X-Request-Id": "a b\tc"}).headers["X-Request-Id"] != "a b\tc"


def test_what_the_person_sees_is_what_the_log_has(broken, as_json, capsys):
    answer = broken.test_client().get("/about?q=%D1%82%D0%B0%D0%B9%D0%BD%D0%BE%D0%B5")
    assert answer.status_code == 500
    number = answer.headers["X-Request-Id"]
    assert number in answer.text
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    ours = [line for line in lines if line.get("request") == number]
    assert {"crash", "request"} <= {line["event"] for line in ours}
    assert any("a fault of ours" in line.get("exception", "") for line in ours)
    said = next(line for line in ours if line["event"] == "request")
    assert said["status"] == 500 and said["rule"] == "/about" and "тайное" not in json.dumps(said, ensure_ascii=False)


def test_every_request_is_logged_where_that_is_wanted(app, as_json, capsys):
    app.test_client().get("/healthz")
    assert '"rule": "/healthz"' not in capsys.readouterr().out
    app.config["LOG_REQUESTS"] = "on"
    app.test_client().get("/healthz")
    assert '"rule": "/healthz"' in capsys.readouterr().out


def test_a_line_break_begins_no_line_of_its_own(as_json, capsys):
    structlog.get_logger().warning("strange", value='a\n{"event": "forged"}')
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_production_answers_to_its_own_names_only(tmp_path, monkeypatch):
    monkeypatch.setenv("FORUM_HOSTS", "www.forum.example, mirror.example")
    settings = config.Production(INSTANCE=str(tmp_path), PUBLIC_URL="https://forum.example", SECRET_KEY="0123456789abcdef0123")
    client = create_app(settings).test_client()
    for host in ("forum.example", "www.forum.example", "mirror.example", "127.0.0.1:8000"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200, host
    for host in ("evil.example", "forum.example.evil.example"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 400, host


def test_a_log_of_unknown_form_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="FORUM_LOG"):
        Testing(INSTANCE=str(tmp_path), LOG="xml")

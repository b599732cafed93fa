"""The post box of the demonstration."""

import pytest

import config
from forum import create_app, worker
from forum.core.database import intend
from forum.notifications import post
from tests.client import Browser


@pytest.fixture
def demonstration(app, tmp_path):
    (tmp_path / "demo-loaded").touch()
    return create_app(config.Testing(INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only"))


FORM = {"name": "Вера Ильина", "email": "vera@kaluga.example", "password": "Вишнёвый сад у реки", "consent": "y"}


def test_a_newcomer_confirms_by_the_post_box(demonstration):
    visitor = Browser(demonstration)
    visitor.post("/register", expect=303, **FORM)
    assert "/demo/mail" in visitor.open("/register/sent").links()
    assert "Писем пока нет" in visitor.open("/demo/mail").words
    with demonstration.app_context():
        intend(True)
        post.send_due()
    letter = next(link for link in visitor.open("/demo/mail").links() if link.startswith("/demo/mail/"))
    confirmation = next(link for link in visitor.open(letter).links() if link.startswith("/confirm/"))
    visitor.post(confirmation)
    assert "vera@kaluga.example" in visitor.open("/account").words


def test_a_letter_with_html_is_shown_in_a_frame_where_nothing_acts(demonstration, make, session):
    make.comment(make.practice("Светлые дворы"), "Кто считал?", author=make.person("<script>alert(1)</script>"))
    session.commit()
    with demonstration.app_context():
        intend(True)
        worker.drain()
        post.send_due()
    visitor = Browser(demonstration)
    page = visitor.open(next(link for link in visitor.open("/demo/mail").links() if link.startswith("/demo/mail/")))
    assert "Кто считал?" in page.words
    frame = page.tree.find(".//iframe")
    assert frame.get("sandbox") == "" and "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
    drawn = visitor.open(frame.get("src"), check=False)
    rules = drawn.response.headers["Content-Security-Policy"]
    assert rules.startswith("sandbox; default-src 'none'") and "frame-ancestors 'self'" in rules
    assert "Кто считал?" in drawn.text and "<script" not in drawn.text


def test_the_accounts_are_shown_where_one_signs_in(demonstration):
    assert "newcomer@demo.example" in Browser(demonstration).open("/login").words


@pytest.mark.parametrize("name", ["..%2Fsecret-key", "nothing.eml", "forum.sqlite3"])
def test_only_letters_can_be_read(demonstration, name):
    Browser(demonstration).open(f"/demo/mail/{name}", expect=404)


def test_elsewhere_there_is_none_of_it(visitor):
    visitor.open("/demo/mail", expect=404)
    assert "demo" not in visitor.open("/login").words


def test_where_mail_really_goes_out_there_is_no_post_box(demonstration):
    demonstration.config["MAIL_URL"] = "smtp://127.0.0.1:1"
    Browser(demonstration).open("/demo/mail", expect=404)

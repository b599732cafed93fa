"""Accounts from the command line."""

import pytest
from sqlalchemy import select

from forum.accounts.models import ModeratedRegion, Person


def test_an_account_is_made_ready_to_use(app, browser, session):
    result = app.test_cli_runner().invoke(
        args=["accounts", "create", "Boss@Kaluga.example", "--role", "admin", "--password-stdin"], input="Вишнёвый сад\n"
    )
    assert result.exit_code == 0, result.output
    found = session.scalar(select(Person))
    session.expunge(found)
    session.rollback()
    assert (found.email, found.role) == ("boss@kaluga.example", "admin")
    assert found.confirmed_at and found.verified_at
    browser().sign_in("boss@kaluga.example", "Вишнёвый сад").open("/admin")


def test_it_asks_for_the_password(app, session):
    result = app.test_cli_runner().invoke(
        args=["accounts", "create", "a@b.example", "--role", "employee"], input="Вишнёвый сад\nВишнёвый сад\n"
    )
    assert result.exit_code == 0, result.output
    assert "Вишнёвый" not in result.output


def test_a_moderator_may_be_for_regions(app, session, make):
    make.region("40")
    args = ["accounts", "create", "m@b.example", "--role", "moderator", "--region", "40", "--password-stdin"]
    assert app.test_cli_runner().invoke(args=args, input="Вишнёвый сад\n").exit_code == 0
    assert session.scalars(select(ModeratedRegion.region_code)).all() == ["40"]


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [("not an address", "Вишнёвый сад", "не адрес"), ("a@b.example", "short", "короткий"), ("taken@b.example", "Вишнёвый сад", "уже есть")],
)
def test_what_is_wrong_is_said_and_nothing_made(app, session, make, email, password, words):
    make.person(email="taken@b.example")
    result = app.test_cli_runner().invoke(args=["accounts", "create", email, "--role", "admin", "--password-stdin"], input=f"{password}\n")
    assert result.exit_code != 0
    assert words in result.output
    assert session.scalars(select(Person.role)).all() == ["employee"]

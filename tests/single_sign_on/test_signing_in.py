"""Signing in by a real OpenID Connect provider on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import select

from config import Testing
from forum import create_app
from forum.accounts.models import Consent, MunicipalDomain, Person
from forum.single_sign_on.models import OutsideIdentity
from tests.client import Browser
from tests.factories.make import PASSWORD
from tests.single_sign_on.provider import CLIENT, SECRET, Provider


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running):
    running.user = {"sub": "u-17", "email": "lapina@admobninsk.ru", "email_verified": True, "name": "Ирина Лапина"}
    running.spoil, running.sign_with_another = {}, False
    return running


@pytest.fixture
def site(tmp_path, provider, app):
    """The application of the test's database, with a provider."""
    settings = Testing(
        INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only", OIDC_ISSUER=provider.issuer, OIDC_CLIENT_ID=CLIENT,
        OIDC_CLIENT_SECRET=SECRET, OIDC_NAME="Портал области",
    )  # fmt: skip
    return create_app(settings)


@pytest.fixture
def visitor(site):
    return Browser(site)


def _there_and_back(visitor, address="/login/outside"):
    """Out to the provider and back, as a browser goes; the answer of the page of return."""
    out = visitor.client.get(address)
    assert out.status_code == 302, out.text
    back = requests.get(out.location, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == "/login/outside/return"
    return visitor.client.get(f"{parts.path}?{parts.query}")


def _signed_in(visitor) -> bool:
    return visitor.client.get("/account").status_code == 200


def test_without_a_provider_there_is_no_way(app):
    plain = Browser(app)
    assert "login/outside" not in plain.open("/login").text
    for address in ("/login/outside", "/login/outside/return", "/account/identities"):
        assert plain.client.get(address).status_code in (302, 404)


def test_a_newcomer_names_themselves_and_is_in(visitor, session):
    session.add(MunicipalDomain(domain="admobninsk.ru"))
    session.commit()
    assert "Войти через «Портал области»" in visitor.open("/login").text
    answer = _there_and_back(visitor)
    assert answer.location == "/login/outside/join"
    page = visitor.open("/login/outside/join")
    assert "Ирина Лапина" in page.text and session.scalar(select(Person.id)) is None
    fields = page.form("/login/outside/join")
    assert visitor.client.post("/login/outside/join", data=fields).status_code == 422  # no consent
    assert session.scalar(select(Person.id)) is None
    assert visitor.client.post("/login/outside/join", data={**fields, "consent": "y"}).status_code == 302
    session.rollback()
    person = session.scalars(select(Person)).one()
    assert person.email == "lapina@admobninsk.ru" and person.confirmed_at and person.verified_at
    assert session.scalars(select(Consent)).one().person_id == person.id and _signed_in(visitor)


def test_who_is_known_is_in_at_once_and_where_they_wanted(visitor, make, session, provider):
    person = make.person()
    session.add(OutsideIdentity(person_id=person.id, issuer=provider.issuer, subject="u-17", email="old@example.org"))
    session.commit()
    assert _there_and_back(visitor, "/login/outside?next=/bookmarks").location == "/bookmarks"
    assert _signed_in(visitor)


def test_a_place_elsewhere_is_not_gone_to(visitor, make, session, provider):
    person = make.person()
    session.add(OutsideIdentity(person_id=person.id, issuer=provider.issuer, subject="u-17", email=""))
    session.commit()
    assert _there_and_back(visitor, "/login/outside?next=https://evil.example/").location == "/"


def test_an_address_alone_opens_no_account(visitor, make, session):
    person = make.person(email="lapina@admobninsk.ru")
    assert _there_and_back(visitor).location == "/login/outside/link"
    assert not _signed_in(visitor)
    fields = visitor.open("/login/outside/link").form("/login/outside/link")
    answer = visitor.client.post("/login/outside/link", data={**fields, "password_old": "not this one"})
    assert answer.status_code == 422 and not _signed_in(visitor) and session.scalar(select(OutsideIdentity.id)) is None
    assert visitor.client.post("/login/outside/link", data={**fields, "password_old": PASSWORD}).status_code == 302
    assert _signed_in(visitor)
    session.rollback()
    assert session.scalars(select(OutsideIdentity)).one().person_id == person.id


def test_an_address_nobody_checked_is_no_address(visitor, make, session, provider):
    make.person(email="lapina@admobninsk.ru")
    provider.user["email_verified"] = False
    assert _there_and_back(visitor).location == "/register"
    assert visitor.client.get("/login/outside/link").status_code == 302


@pytest.mark.parametrize(
    "spoil",
    [{"aud": "another site"}, {"iss": "https://evil.example"}, {"nonce": "stale"}, {"exp": 1}, {"sign": True}],
    ids=lambda spoil: next(iter(spoil)),
)
def test_a_token_that_is_not_for_us_lets_nobody_in(visitor, make, session, provider, spoil):
    person = make.person()
    session.add(OutsideIdentity(person_id=person.id, issuer=provider.issuer, subject="u-17", email=""))
    session.commit()
    provider.sign_with_another = spoil.pop("sign", False)
    provider.spoil = spoil
    assert _there_and_back(visitor).location == "/login"
    assert not _signed_in(visitor)


def test_a_return_that_another_browser_began_lets_nobody_in(site, make, session, provider):
    person = make.person()
    session.add(OutsideIdentity(person_id=person.id, issuer=provider.issuer, subject="u-17", email=""))
    session.commit()
    attacker, victim = Browser(site), Browser(site)
    out = attacker.client.get("/login/outside")
    back = urlsplit(requests.get(out.location, allow_redirects=False, timeout=10).headers["Location"])
    answer = victim.client.get(f"{back.path}?{back.query}")
    assert answer.location == "/login" and not _signed_in(victim)


def test_a_second_factor_is_asked_all_the_same(visitor, make, session, provider):
    person = make.person()
    person.second_factor_at = person.created_at
    session.add(OutsideIdentity(person_id=person.id, issuer=provider.issuer, subject="u-17", email=""))
    session.commit()
    answer = _there_and_back(visitor)
    assert "Код из приложения" in answer.text and not _signed_in(visitor)


def test_a_provider_that_is_away_is_told(tmp_path, app):
    settings = Testing(INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only", OIDC_ISSUER="http://127.0.0.1:9", OIDC_CLIENT_ID="x")
    visitor = Browser(create_app(settings))
    assert visitor.client.get("/login/outside").location == "/login"
    assert "не получилось" in visitor.open("/login").text


def test_one_links_and_unlinks_from_the_settings(visitor, make, session):
    person = make.person(email="other@example.org")
    visitor.sign_in(person)
    assert "Связать с «Портал области»" in visitor.open("/account/identities").text
    assert _there_and_back(visitor).location == "/login/outside/link"
    fields = visitor.open("/login/outside/link").form("/login/outside/link")
    visitor.client.post("/login/outside/link", data={**fields, "password_old": PASSWORD})
    identity = session.scalars(select(OutsideIdentity)).one()
    assert identity.person_id == person.id
    session.commit()
    assert visitor.client.post(f"/account/identities/{identity.id}/removal", data={"csrf_token": visitor.token()}).status_code == 302
    session.rollback()
    assert session.scalar(select(OutsideIdentity.id)) is None

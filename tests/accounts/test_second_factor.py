"""The second factor: set up with proof, asked for at sign-in, each code good for once, and a way back for who lost the phone."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import qr
from forum.accounts.models import Person, RecoveryCode, SecondFactor
from forum.accounts.second_factor import Vault, step_of
from forum.core.clock import now
from forum.core.events import Event
from tests.factories.make import PASSWORD

PAGE = "/account/second-factor"


def code_of(secret, after=0):
    return pyotp.TOTP(secret).generate_otp(int(now().timestamp()) // 30 + after)


def fresh(session, query):
    """The answer to a query, in a session of its own that holds no lock."""
    with Session(session.get_bind(), expire_on_commit=False) as beside:
        found = beside.scalars(query).all()
        beside.expunge_all()
    return found


def secret_on(page):
    return next(code for code in page.tree.iter("code")).text.replace(" ", "")


def set_up(visitor, code_after=0):
    """The person's secret and recovery codes; the visitor is signed in."""
    page = visitor.open(PAGE)
    secret = secret_on(page)
    answer = visitor.post(PAGE, expect=201, **{**page.form(PAGE), "code": code_of(secret, code_after), "password_old": PASSWORD})
    return secret, [code.text for code in answer.tree.iter("code")]


@pytest.fixture
def guarded(visitor, make, time_machine):
    """A person with a second factor, the secret and the recovery codes; a minute ago, so that the present code is unused."""
    time_machine.move_to(now() - timedelta(minutes=1))
    person = make.person()
    secret, codes = set_up(visitor.sign_in(person))
    time_machine.move_to(now() + timedelta(minutes=1))
    visitor.sign_out()
    return person, secret, codes


def first_step(visitor, person, **more):
    return visitor.post("/login", expect=200, email=person.email, password=PASSWORD, **more)


def test_nothing_is_on_before_the_app_shows_the_right_code(visitor, make, session):
    person = make.person()
    visitor.sign_in(person)
    page = visitor.open(PAGE)
    secret, form = secret_on(page), page.form(PAGE)
    assert fresh(session, select(SecondFactor)) == [], "opening the page changed something"
    wrong = visitor.post(PAGE, expect=422, **{**form, "code": "000000", "password_old": PASSWORD})
    assert secret_on(wrong) == secret, "the picture that was scanned is still good"
    visitor.post(PAGE, expect=422, **{**form, "code": code_of(secret), "password_old": "not the password"})
    assert fresh(session, select(SecondFactor)) == []
    visitor.post(PAGE, expect=201, **{**form, "code": code_of(secret), "password_old": PASSWORD})
    assert fresh(session, select(Person.second_factor_at)) != [None]


def test_the_secret_is_encrypted_and_recovery_codes_are_hashes(app, visitor, make, session):
    person = make.person()
    secret, codes = set_up(visitor.sign_in(person))
    (factor,), rows = fresh(session, select(SecondFactor)), fresh(session, select(RecoveryCode))
    assert secret not in factor.secret
    assert Vault(app.config["SECRET_KEY"]).open(person.id, factor.secret) == secret
    assert Vault("another key of the site").open(person.id, factor.secret) is None
    assert Vault(app.config["SECRET_KEY"]).open(person.id + 1, factor.secret) is None
    assert len(set(codes)) == len(rows) == 10
    assert all(row.hash.startswith("$argon2id$") for row in rows)
    assert not any(code in visitor.open(PAGE).text for code in codes)


def test_somebody_elses_or_an_old_picture_is_refused(visitor, browser, make, session, time_machine):
    form = browser().sign_in(make.person()).open(PAGE).form(PAGE)
    visitor.sign_in(make.person())
    visitor.post(PAGE, expect=422, sealed=form["sealed"], code="123456", password_old=PASSWORD)
    page = visitor.open(PAGE)
    time_machine.move_to(now() + timedelta(minutes=31))
    sent = {"sealed": page.form(PAGE)["sealed"], "code": code_of(secret_on(page)), "password_old": PASSWORD}
    assert "успела устареть" in visitor.post(PAGE, expect=422, **sent).words
    assert fresh(session, select(SecondFactor)) == []


def test_the_password_alone_opens_nothing(visitor, guarded):
    person, secret, _codes = guarded
    page = first_step(visitor, person)
    assert page.heading == "Код для входа"
    visitor.open("/account", expect=302)
    visitor.post("/login/code", expect=422, token=False, **{**page.form("/login/code"), "code": "000000"})
    visitor.open("/account", expect=302)
    visitor.post("/login/code", token=False, **{**visitor.open("/login/code").form("/login/code"), "code": code_of(secret)})
    visitor.open("/account")


def test_a_code_is_good_for_once(visitor, browser, guarded):
    person, secret, _codes = guarded
    code = code_of(secret)
    for one, status in ((visitor, 302), (browser(), 422)):
        page = first_step(one, person)
        one.post("/login/code", expect=status, token=False, **{**page.form("/login/code"), "code": code})


@pytest.mark.parametrize(("after", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_half_a_minute(after, good):
    secret, at = pyotp.random_base32(), now()
    code = pyotp.TOTP(secret).generate_otp(int(at.timestamp()) // 30 + after)
    assert (step_of(secret, f" {code[:3]} {code[3:]}", at) is not None) is good
    assert step_of(secret, "١٢٣٤٥٦", at) is None


def test_a_recovery_code_stands_in_once_and_its_owner_is_told(visitor, browser, guarded, letters, session):
    person, _secret, codes = guarded
    for one, status in ((visitor, 302), (browser(), 422)):
        page = first_step(one, person)
        typed = codes[3].upper().replace("-", " ")
        page = one.post("/login/code", expect=status, token=False, **{**page.form("/login/code"), "recovery": typed})
    assert "Запасной код не подошёл. Каждый действует один раз" in page.words
    assert "Осталось 9 запасных кодов" in visitor.open(PAGE).words
    assert "Вход по запасному коду" in [letter["Subject"] for letter in letters()]


def test_where_one_was_going_survives_the_second_step(visitor, guarded):
    person, secret, _codes = guarded
    page = first_step(visitor, person, next="/account/tokens")
    wrong = visitor.post("/login/code", expect=422, token=False, **{**page.form("/login/code"), "code": "1"})
    answer = visitor.post("/login/code", token=False, **{**wrong.form("/login/code"), "code": code_of(secret)})
    assert answer.response.location == "/account/tokens"


def test_what_was_typed_survives_the_second_step(visitor, guarded):
    person, secret, _codes = guarded
    token = visitor.token("/login")
    page = visitor.post("/account", expect=401, token=False, csrf_token=token, about="Первая строка\nвторая")
    page = visitor.post("/login", expect=200, **{**page.form("/login"), "email": person.email, "password": PASSWORD})
    resend = visitor.post("/login/code", expect=200, token=False, **{**page.form("/login/code"), "code": code_of(secret)})
    assert resend.form("/account")["about"] == "Первая строка\nвторая"


def test_the_second_step_waits_ten_minutes_in_one_browser(visitor, browser, guarded, time_machine):
    person, secret, _codes = guarded
    page = first_step(visitor, person, next="/account/tokens")
    stranger = browser()
    stranger.post("/login/code", expect=422, code=code_of(secret))
    time_machine.move_to(now() + timedelta(minutes=11))
    late = visitor.post("/login/code", expect=422, token=False, **{**page.form("/login/code"), "code": code_of(secret)})
    assert "больше десяти минут" in late.words
    assert late.form("/login")["next"] == "/account/tokens"
    assert visitor.open("/login/code", expect=302).response.location == "/login"


def test_guessing_is_limited_and_the_owner_hears_of_it(visitor, guarded, letters, limits, session):
    person, secret, _codes = guarded
    form = first_step(visitor, person).form("/login/code")
    for _ in range(5):
        visitor.post("/login/code", expect=422, token=False, **{**form, "code": "000000"})
    answer = visitor.post("/login/code", expect=429, token=False, **{**form, "code": code_of(secret)})
    assert int(answer.response.headers["Retry-After"]) <= 600
    assert [letter["Subject"] for letter in letters()][-1] == "Кто-то знает ваш пароль"
    assert len(fresh(session, select(Event.id).where(Event.kind == "account.code_failed"))) == 5


def test_turning_it_off_asks_password_and_code(visitor, browser, guarded, letters, session):
    person, secret, codes = guarded
    page = first_step(visitor, person)
    visitor.post("/login/code", token=False, **{**page.form("/login/code"), "code": code_of(secret)})
    visitor.signed_in = True
    elsewhere = browser()
    page = first_step(elsewhere, person)
    elsewhere.post("/login/code", token=False, **{**page.form("/login/code"), "recovery": codes[0]})
    visitor.post(f"{PAGE}/removal", expect=422, code=code_of(secret, 1), password_old="wrong")
    visitor.post(f"{PAGE}/removal", expect=422, code="000000", password_old=PASSWORD)
    visitor.post(f"{PAGE}/removal", code=codes[1], password_old=PASSWORD)
    assert fresh(session, select(SecondFactor)) + fresh(session, select(RecoveryCode)) == []
    elsewhere.open("/account", expect=302)
    visitor.open("/account")
    browser().sign_in(person)
    assert [letter["Subject"] for letter in letters()].count("Вход с кодом выключен") == 1


def test_new_recovery_codes_void_the_old(visitor, browser, guarded):
    person, secret, codes = guarded
    page = first_step(visitor, person)
    visitor.post("/login/code", token=False, **{**page.form("/login/code"), "recovery": codes[0]})
    visitor.signed_in = True
    answer = visitor.post(f"{PAGE}/recovery-codes", expect=201, code=code_of(secret), password_old=PASSWORD)
    fresh_codes = [code.text for code in answer.tree.iter("code")]
    assert len(fresh_codes) == 10 and not set(fresh_codes) & set(codes)
    stranger = browser()
    form = first_step(stranger, person).form("/login/code")
    stranger.post("/login/code", expect=422, token=False, **{**form, "recovery": codes[1]})
    stranger.post("/login/code", token=False, **{**form, "recovery": fresh_codes[1]})


def test_an_admin_resets_it_with_a_reason_that_its_owner_reads(visitor, browser, guarded, make, letters, session):
    person, _secret, _codes = guarded
    address = f"/people/{person.handle}/second-factor-reset"
    browser().sign_in(make.moderator()).post(address, expect=403, reason="Хочу")
    boss = browser().sign_in(make.admin())
    assert "сбросить" in boss.open(f"/admin/people/{person.handle}").words
    assert boss.open(address).heading == "Сбросить вход с кодом"
    boss.post(address, expect=422, reason="  ")
    boss.post(address, reason="Потерян телефон, звонили")
    boss.post(address, expect=403, reason="Ещё раз")
    visitor.sign_in(person)
    told = letters()[-1]
    assert told["Subject"] == "Администратор сбросил вход с кодом"
    assert "Потерян телефон, звонили" in told.get_content()
    (event,) = fresh(session, select(Event).where(Event.kind == "admin.second_factor_reset"))
    assert (event.person_id, event.reason) == (person.id, "Потерян телефон, звонили")


def test_where_it_is_required_moderators_are_led_to_it(app, visitor, make):
    app.config["SECOND_FACTOR_REQUIRED"] = "moderators"
    visitor.sign_in(make.moderator())
    led = visitor.open("/moderation", expect=302).response.location
    assert led.startswith(PAGE)
    assert "Чтобы модерировать, включите вход с кодом" in visitor.open("/account").words
    visitor.open("/admin", expect=302)
    page = visitor.open(led)
    secret = secret_on(page)
    form = {**page.form("next=/moderation"), "code": code_of(secret), "password_old": PASSWORD}
    answer = visitor.post(led, expect=201, **form)
    assert "/moderation" in answer.links()
    visitor.open("/moderation")
    assert "обязателен" in visitor.post(f"{PAGE}/removal", expect=422, code=code_of(secret, 1), password_old=PASSWORD).words


def test_where_it_is_required_no_step_of_a_moderator_works_without(app, visitor, make):
    app.config["SECOND_FACTOR_REQUIRED"] = "moderators"
    practice, employee = make.practice(), make.person()
    visitor.sign_in(make.admin())
    visitor.post(f"/people/{employee.handle}/second-factor-reset", expect=422, reason="Потерян")
    visitor.post(f"/practices/{practice.id}/edit", expect=403, title="Чужое")
    browser = visitor.sign_out() or visitor.sign_in(employee)
    assert "включите вход с кодом" not in browser.open("/account").words


def test_a_picture_is_drawn_in_whole_modules():
    drawing = qr.draw("otpauth://totp/forum.example:a@b.example?secret=JBSWY3DPEHPK3PXP&issuer=forum.example")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawing.path)
    assert "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in runs) == drawing.path
    assert (runs[0], drawing.size % 4) == (("4", "4", "7"), 1)
    assert max(int(x) + int(n) for x, _y, n in runs) == drawing.size - 4

"""Commands for accounts."""

import sys

import click
from flask.cli import AppGroup

from forum.accounts import actions, addresses, passwords
from forum.accounts.models import Role
from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.web.refusals import words

accounts = AppGroup("accounts", help="People and their roles.")
groups = (accounts,)


@accounts.command("create")
@click.argument("email", metavar="E-MAIL")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="Name and surname; else what stands before the @.")
@click.option("--region", "regions", multiple=True, help="Code of a region of a moderator (may be repeated); none: the whole site.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def create(email: str, role: str, name: str, regions: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account, confirmed and verified. Asks for the password."""
    address = addresses.normal(email)
    if address is None:
        raise click.BadParameter(f"{email}: это не адрес почты", param_hint="E-MAIL")
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Пароль", hide_input=True, confirmation_prompt="Пароль ещё раз")
    try:
        _create(address, password, name or email.partition("@")[0], role, regions)
    except Refused as refusal:
        raise click.ClickException(words(refusal)) from refusal
    db.session.commit()
    click.echo(f"{address}: {role}")


def _create(email: str, password: str, name: str, role: str, regions: tuple[str, ...]) -> None:
    session = db.session()
    passwords.check(password, email)
    newcomer = actions.Newcomer(email=email, password_hash=passwords.hash_password(password), name=name)
    person = actions.join(session, newcomer, by=SYSTEM, consented=False)
    if person is None:
        raise Refused("account.email_taken")
    person.confirmed_at = person.verified_at = now()
    if role != Role.EMPLOYEE:
        actions.change_role(session, person, role, regions, by=SYSTEM)

"""Commands about letters."""

from typing import IO

import click
from flask.cli import AppGroup

from forum.core.letters import Letter
from forum.extensions import db
from forum.notifications import bounces, reports
from forum.notifications.envelope import is_marked

BAD_DATA = 65  # what mail servers take for «no use in trying again» (sysexits.h)

letters = AppGroup("letters", help="Письма.")
groups = (letters,)


class _Refused(click.ClickException):
    exit_code = BAD_DATA


@letters.command("bounced")
@click.argument("file", type=click.File("rb"), default="-")
def bounced(file: IO[bytes]) -> None:
    """Принять отчёт почтового сервера о недоставке (RFC 3464) из файла или со стандартного ввода."""
    try:
        report = reports.read(file.read(reports.LARGEST + 1))
    except reports.NotAReport as error:
        raise _Refused(f"Это не отчёт о недоставке нашего письма: {error}.") from error
    letter = db.session.get(Letter, report.letter_id)
    if letter is None or not is_marked(letter, report.mark):
        raise _Refused("Такого письма мы не отправляли, или это было слишком давно.")
    if not report.failed:
        click.echo("Письмо задерживается: ничего не меняется.")
        return
    counted = bounces.note(db.session(), letter, report.status, report.detail)
    db.session.commit()
    click.echo(f"Письмо не доставлено ({report.status}): " + ("учтено." if counted else "об этом уже известно."))

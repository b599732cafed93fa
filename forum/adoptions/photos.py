"""Photos of the timeline: each comes with its description."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forum.adoptions.models import Adoption
from forum.attachments.actions import attach
from forum.core import typed
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.core.files import FileStore
from forum.core.text import fit


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it came in a form: `field` is what refusals name."""

    field: str
    name: str
    content: bytes
    alt: str


def add(session: Session, store: FileStore, adoption: Adoption, pictures: Iterable[Picture], by: Actor) -> list[int]:
    """Keep them with the adoption; their ids. Raises Refused at the field of the one that can't be taken."""
    ids: list[int] = []
    for picture in pictures:
        try:
            file = attach(session, store, adoption, picture.name, picture.content, by)
        except Refused as refusal:
            code = "adoption.not_photo" if refusal.code == "file.type" else refusal.code
            raise Refused(code, field=picture.field, **refusal.params) from refusal
        if not file.is_photo:
            raise Refused("adoption.not_photo", field=picture.field)
        file.alt = file.alt or typed.line(fit(picture.alt))
        ids.append(file.id)
    return ids

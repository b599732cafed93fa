"""Where an entry of any kind is read: by the endpoint `<kind>s.show`, in a request as well as in the worker."""

from urllib.parse import urlencode

from flask import current_app

from forum.entries.models import Entry


def address_of(entry: Entry, **query: str | None) -> str:
    """The path of an entry's page, with those of the parameters that are not empty."""
    values: dict[str, int | str] = {"id": entry.id}
    if slug := getattr(entry, "slug", ""):
        values["slug"] = slug
    path = current_app.url_map.bind("").build(f"{entry.kind}s.show", values)
    parameters = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(parameters)}" if parameters else path

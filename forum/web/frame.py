"""What stands about every page: the bar at its head and its foot, drawn once for all the pages that a reader opens."""

from secrets import token_hex

from flask import Flask, g, render_template, request
from markupsafe import Markup, escape

from forum.core.actor import GUEST
from forum.web import display, language
from forum.web.kept import TOKEN, own_token, part
from forum.web.templating import queue_size

# Stand in what is kept where the page's own address belongs.
PANEL, HERE = token_hex(16), token_hex(16)
# Pages that the head marks as the present one.
MARKED = frozenset(
    ("practices.index", "requests.index", "practices.regions", "display.panel", "accounts.login", "accounts.register")
    + ("notifications.index", "moderation.queue")
)  # fmt: skip


def head(asked: str = "") -> Markup:
    """The bar with the sections, the search box, which says what was `asked`, and the reader's own."""
    actor, person = g.get("actor", GUEST), g.get("person")
    shown = {
        "home": request.path == "/",
        "at": request.endpoint if request.endpoint in MARKED else "",
        "unread": person.unread if person else 0,
        "queue_size": queue_size(actor),
    }

    def draw() -> str:
        return render_template("components/_header.html", asked=asked, token=TOKEN, panel=PANEL, **shown)

    who = (actor.name, actor.handle, actor.role)
    return _here(Markup(draw()) if asked else part(("head", language.select(), *who, *shown.values()), draw))


def foot() -> Markup:
    """The links and the other language."""
    is_guest = g.get("actor", GUEST).is_guest

    def draw() -> str:
        return render_template("components/_footer.html", token="" if is_guest else TOKEN, panel=PANEL, here=HERE)

    return _here(part(("foot", language.select(), is_guest), draw))


def _here(drawn: Markup) -> Markup:
    here = request.full_path.rstrip("?").replace("\0", "")
    text = str(drawn).replace(PANEL, escape(display.url())).replace(HERE, escape(here))
    return Markup(text if g.get("actor", GUEST).is_guest else text.replace(TOKEN, own_token()))


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(page_head=head, page_foot=foot)

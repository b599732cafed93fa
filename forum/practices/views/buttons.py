"""What a reader can do on the page of a practice, drawn once for all who can do the same."""

from flask import g, render_template
from markupsafe import Markup

from forum.entries.policy import can_edit, can_report, can_take_back, can_vote, can_withdraw
from forum.follows.queries import Standing
from forum.practices.models import Practice
from forum.practices.policy import can_publish, can_unpublish, sees_keeping
from forum.practices.views.blueprint import bp
from forum.web import language
from forum.web.kept import TOKEN, part, with_token

RULES = {
    "vote": can_vote,
    "edit": can_edit,
    "see_keeping": sees_keeping,
    "publish": can_publish,
    "unpublish": can_unpublish,
    "withdraw": can_withdraw,
    "take_back": can_take_back,
    "report": can_report,
}


@bp.app_template_global("practice_buttons")
def drawn(practice: Practice, vote: int, saved: bool, standing: Standing) -> Markup:
    """The buttons under a practice; `vote`, `saved` and `standing` are the reader's own. Kept by all that they show."""
    actor = g.actor
    may = {name: rule(actor, practice) for name, rule in RULES.items()}
    its = (practice.id, practice.slug, practice.state, practice.score)
    reader = (actor.is_guest, practice.author_id == actor.id, vote, saved, standing, *may.values())

    def draw() -> str:
        guest, own, *_ = reader
        who = {"guest": guest, "own": own, "token": "" if guest else TOKEN, "my_vote": vote, "saved": saved, "standing": standing}
        return render_template("practices/_actions.html", practice=practice, entry=practice, may=may, **who)

    kept = part(("practice", "buttons", *its, *reader, language.select()), draw)
    return kept if actor.is_guest else with_token(kept)

"""Every place in the database that says whose something is: what a person takes away of it, and what erasure does with it.

A new table with a column that refers to people must be entered here; a test compares this with the tables.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of rows when their person is erased."""

    KEPT = "kept"  # it says no more than that somebody did it: what they were is told by the erased person's row
    DROPPED = "dropped"  # nobody else's business


@dataclass(frozen=True, slots=True)
class Place:
    """A column; `copied`: its rows are the person's own, who takes them away."""

    table: str
    column: str
    fate: Fate
    copied: bool = True


INVENTORY = (
    Place("people", "verified_by_id", Fate.KEPT, copied=False),
    Place("address_changes", "person_id", Fate.DROPPED),
    Place("adoption_notes", "author_id", Fate.KEPT),
    Place("adoption_people", "person_id", Fate.DROPPED),  # the record stays with the town
    Place("adoptions", "confirmed_by_id", Fate.KEPT, copied=False),
    Place("api_tokens", "person_id", Fate.DROPPED),
    Place("appeals", "person_id", Fate.KEPT),
    Place("appeals", "decided_by_id", Fate.KEPT, copied=False),
    Place("appeals", "resolved_by_id", Fate.KEPT, copied=False),
    Place("attachments", "uploaded_by_id", Fate.KEPT),
    Place("bookmarks", "person_id", Fate.DROPPED),
    Place("bounces", "person_id", Fate.DROPPED),
    Place("browser_sessions", "person_id", Fate.DROPPED),
    Place("claims", "person_id", Fate.DROPPED),
    Place("consents", "person_id", Fate.KEPT),  # what was agreed to must be provable afterwards
    Place("data_copies", "person_id", Fate.DROPPED),
    Place("digest_items", "person_id", Fate.DROPPED, copied=False),  # what the next digest will tell
    Place("draft_versions", "person_id", Fate.DROPPED),
    Place("entries", "author_id", Fate.KEPT),  # but for drafts
    Place("erasures", "person_id", Fate.KEPT),
    Place("follows", "person_id", Fate.DROPPED),
    Place("follows", "followed_id", Fate.DROPPED, copied=False),
    Place("invitations", "inviter_id", Fate.DROPPED),
    Place("invitations", "accepted_by_id", Fate.KEPT, copied=False),
    Place("moderated_regions", "person_id", Fate.DROPPED),
    Place("mutes", "person_id", Fate.DROPPED),
    Place("notices", "person_id", Fate.DROPPED),  # before the groups they stand in
    Place("notice_groups", "person_id", Fate.DROPPED, copied=False),
    Place("obstacles", "changed_by_id", Fate.KEPT, copied=False),
    Place("outside_identities", "person_id", Fate.DROPPED),
    Place("practices", "keeper_id", Fate.KEPT, copied=False),  # erasing passes them on to the town's people
    Place("practices", "offered_to_id", Fate.KEPT, copied=False),
    Place("reason_templates", "changed_by_id", Fate.KEPT, copied=False),
    Place("recovery_codes", "person_id", Fate.DROPPED, copied=False),
    Place("replaced_words", "by_id", Fate.DROPPED, copied=False),  # kept for some weeks, for two who write at once
    Place("reports", "reporter_id", Fate.KEPT),
    Place("reports", "resolved_by_id", Fate.KEPT, copied=False),
    Place("request_matches", "person_id", Fate.DROPPED, copied=False),  # whom it may be worth asking
    Place("request_weeks", "person_id", Fate.DROPPED, copied=False),
    Place("revisions", "author_id", Fate.KEPT),
    Place("sanctions", "person_id", Fate.KEPT),
    Place("sanctions", "by_id", Fate.KEPT, copied=False),
    Place("sanctions", "ended_by_id", Fate.KEPT, copied=False),
    Place("saved_searches", "person_id", Fate.DROPPED),
    Place("second_factors", "person_id", Fate.DROPPED),
    Place("synonym_groups", "changed_by_id", Fate.KEPT, copied=False),
    Place("telling_preferences", "person_id", Fate.DROPPED),
    Place("text_prints", "person_id", Fate.DROPPED, copied=False),  # hashes of texts, against floods
    Place("votes", "person_id", Fate.KEPT),  # sums stay what they were
    Place("word_rules", "changed_by_id", Fate.KEPT, copied=False),
    Place("working_copies", "person_id", Fate.DROPPED),
)

# Tables that a row of entries continues in.
CONTINUED = ("practices", "comments", "adoptions", "solution_requests")

# Columns that open doors: of use to a thief only.
SECRET = frozenset({"password_hash", "digest", "secret", "code_hash", "key", "thumb_key"})

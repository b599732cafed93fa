"""How far somebody is trusted."""

from enum import IntEnum


class Level(IntEnum):
    """Levels of trust, each with all rights of the one below; what earns them is in `forum.trust.levels`."""

    NEWCOMER = 0  # a moderator sees what they write first
    KNOWN = 1  # what they write appears at once
    TRUSTED = 2  # their reports weigh, and hardly a limit holds them

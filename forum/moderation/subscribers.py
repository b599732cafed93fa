"""What moderation itself hears of: the chained log follows every event of a moderator."""

from forum.moderation import appeals, chain, reasons, sanctions

# Their tables, and the hook of the log, are known wherever subscribers are.
__all__ = ["appeals", "chain", "reasons", "sanctions"]

"""How far an adoption has come."""

from enum import StrEnum


class Stage(StrEnum):
    """From an interest to a result, or to a refusal, from which one may also come back."""

    INTEREST = "interest"
    ADAPTATION = "adaptation"
    LAUNCH = "launch"
    RESULT = "result"
    REFUSED = "refused"

    def is_before(self, other: "Stage") -> bool:
        """Whether the way leads from here to the other; a refusal lies beside the way."""
        return other != Stage.REFUSED and (self == Stage.REFUSED or WAY.index(self) < WAY.index(other))


WAY = (Stage.INTEREST, Stage.ADAPTATION, Stage.LAUNCH, Stage.RESULT)

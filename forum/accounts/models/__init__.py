"""People, their consents, how they get in, and the keys their programs use."""

from forum.accounts.models.address_change import AddressChange
from forum.accounts.models.invitation import Invitation
from forum.accounts.models.people import (
    CONSENT_VERSION,
    ERASED,
    PROBATION_POSTS,
    SEEN_EVERY,
    ApiToken,
    Consent,
    ModeratedRegion,
    MunicipalDomain,
    Person,
    Role,
)
from forum.accounts.models.second_factor import RecoveryCode, SecondFactor
from forum.accounts.models.session import BrowserSession

__all__ = [
    "CONSENT_VERSION",
    "ERASED",
    "PROBATION_POSTS",
    "SEEN_EVERY",
    "AddressChange",
    "ApiToken",
    "BrowserSession",
    "Consent",
    "Invitation",
    "ModeratedRegion",
    "MunicipalDomain",
    "Person",
    "RecoveryCode",
    "Role",
    "SecondFactor",
]

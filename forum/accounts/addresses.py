"""E-mail addresses in their one spelling."""

from email_validator import EmailNotValidError, validate_email


def normal(text: str) -> str | None:
    """An address in lower case with its domain in ASCII, or None where it is not one. Asks no network."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    address = (found.ascii_email or "").lower()
    return address if 0 < len(address) <= 254 else None

"""What is kept of a secret that is too long to be guessed: its plain hash."""

import hashlib


def digest(token: str) -> str:
    """SHA-256 in hexadecimal. For passwords and short codes there is `passwords`."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()

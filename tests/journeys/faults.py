"""What no page of the site may do: break a script, or ask another host for anything."""

from playwright.sync_api import Page


def listen(page: Page, site: str, faults: list[str]) -> None:
    """Note broken scripts of a page, and whatever it asks of another host than that of the site's address."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}") if _is_fault(message) else None)
    page.on("request", lambda request: faults.append(f"{page.url} asks {request.url}") if not _is_own(request.url, site) else None)


def _is_own(url: str, site: str) -> bool:
    """Whether an address is the site's own, or no address of the net at all."""
    return url.startswith((f"{site}/", "data:", "blob:"))


def _is_fault(message) -> bool:
    """Errors and warnings of a page's scripts; the browser's note of an answer ≥ 400 is what a test asked for."""
    return message.type in ("error", "warning") and "the server responded with a status of" not in message.text

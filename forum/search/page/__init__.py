"""What the results page shows: cards with highlights, and links that narrow, widen, order and turn pages."""

from forum.search.page.cards import about, address, brief, card, document_address
from forum.search.page.wish import PER_PAGE, Wish, wish

__all__ = ["PER_PAGE", "Wish", "about", "address", "brief", "card", "document_address", "wish"]

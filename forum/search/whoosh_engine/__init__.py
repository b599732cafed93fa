"""Whoosh behind the port."""

from forum.search.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine"]

"""Makers of things to test with."""

from tests.factories.make import Make

__all__ = ["Make"]

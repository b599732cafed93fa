"""PostgreSQL behind the port: an index that many web machines share."""

from forum.search.postgres_engine.engine import PostgresEngine

__all__ = ["PostgresEngine"]

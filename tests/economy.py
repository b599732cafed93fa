"""What every test would otherwise do anew, done once in a process: the thousands of applications of a run are all alike.

Nothing here changes what a page says or what a database keeps; a test that speaks of durability starts processes of its own,
which know nothing of this.
"""

import gc
from functools import cache
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from forum import features, worker
from forum.core import database
from forum.extensions import db
from forum.web import assets
from forum.web import cache as pages

give_way = worker._give_way  # for the test that somebody does


class CompiledTemplates(BytecodeCache):
    """Templates as Jinja compiled them, by their address and their text (a bucket's checksum)."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.code


def remember_routes() -> None:
    """Werkzeug takes every route of every application apart, and writes and compiles two functions for it: most of the price of one."""
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    compile_rule = Rule.compile

    def remembered(self: Rule) -> None:
        key = (self.rule, self.host, self.subdomain, self.merge_slashes, repr(self.defaults), *self.map.converters.values())
        if key not in known:
            compile_rule(self)
            known[key] = (self._parts, self._trace, self._converters, {*self.arguments}, self._build.__func__, self._build_unknown.__func__)
        self._parts, self._trace, self._converters, arguments, build, build_unknown = known[key]
        self.arguments |= arguments
        self._build, self._build_unknown = build.__get__(self, None), build_unknown.__get__(self, None)

    Rule.compile = remembered


def remember_statements() -> None:
    """SQLAlchemy keeps the SQL it has written by the engine and its dialect: all of SQLite that treat JSON alike are one."""

    def equal(self: SQLite, other: object) -> bool:
        return self is other or (type(self) is type(other) and repr(self._json_serializer) == repr(other._json_serializer))

    SQLite.__eq__, SQLite.__hash__ = equal, lambda self: hash(type(self))
    db._engine_options = {"execution_options": {"compiled_cache": LRUCache(2000)}}


def _without_waiting(connection: Any, record: Any) -> None:
    if type(connection).__module__.partition(".")[0] == "sqlite3":
        connection.execute("PRAGMA synchronous=OFF")  # nobody needs these rows after the machine fell over


def economise() -> None:
    """Called once, before the first application is made."""
    gc.set_threshold(20_000, 10, 10)  # not every 700 objects
    Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
    assets.Assets = cache(assets.Assets)  # as the files lie at the start of the run
    pages.build_of = cache(pages.build_of)
    find_parts = features.parts
    features.parts = cache(lambda name: [*find_parts(name)])
    remember_routes()
    remember_statements()
    worker._give_way = lambda held: None  # nobody else of a test's site wants the lock
    assert event.contains(Engine, "connect", database._tune_sqlite)  # ours comes after it
    event.listen(Engine, "connect", _without_waiting)


def settle() -> None:
    """Called once all modules are in: the collector need not walk through them again and again."""
    gc.collect()
    gc.freeze()

"""The floor: a bare Flask application that renders a constant page of 19 KB; the same with one SELECT of 20 rows."""

import os
import sqlite3
from pathlib import Path

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

SIZE = 19 * 1024
ROWS = 20

PAGE = "<!doctype html><title>{{ title }}</title>{% for row in rows %}<p>{{ row }}</p>{% endfor %}"
WORDS = "Заменили светильники во дворах и вернули деньги за три года. "


class Base(DeclarativeBase):
    """Base of the one table."""


class Line(Base):
    """A row with some text."""

    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(500))


def fill(path: Path) -> None:
    """Make the database of the floor: a thousand rows, each a twentieth of the page."""
    length = SIZE // ROWS // 2  # Cyrillic: two bytes a letter
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE lines (id INTEGER PRIMARY KEY, text VARCHAR(500) NOT NULL)")
        connection.executemany("INSERT INTO lines (text) VALUES (?)", [((WORDS * 20)[:length],) for _ in range(1000)])


def create_app() -> Flask:
    """Both pages of the floor: `/bare` and `/select`."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})
    engine = create_engine(f"sqlite:///{os.environ['BENCH_FLOOR']}")
    constant = [(WORDS * 20)[: SIZE // ROWS // 2]] * ROWS

    @app.get("/bare")
    def bare() -> str:
        return render_template("page.html", title="Пол", rows=constant)

    @app.get("/select")
    def one_select() -> str:
        with Session(engine) as session:
            rows = session.scalars(select(Line).order_by(Line.id.desc()).limit(ROWS)).all()
            return render_template("page.html", title="Пол", rows=[row.text for row in rows])

    return app

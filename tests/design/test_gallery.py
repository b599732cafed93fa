"""The living page of components exists in development only, and keeps the rules of every page."""

from pathlib import Path

import config
from forum import create_app
from tests.markup import valid_html


def test_the_gallery_is_good_html_and_takes_every_component(tmp_path: Path):
    page = create_app(config.Settings(INSTANCE=str(tmp_path))).test_client().get("/design").get_data(as_text=True)
    assert valid_html(page) == []
    for sign in ("vote-box", "form-rows", "draft-autosave", 'class="figures"', 'class="tilemap"', 'class="diff"', 'role="alert"'):
        assert sign in page


def test_an_error_is_tied_to_its_field(tmp_path: Path):
    page = create_app(config.Settings(INSTANCE=str(tmp_path))).test_client().get("/design").get_data(as_text=True)
    assert 'href="#title"' in page
    assert 'aria-describedby="title-hint title-error"' in page
    assert 'id="title-error"' in page


def test_there_is_no_gallery_elsewhere(tmp_path: Path):
    rules = {rule.rule for rule in create_app(config.Testing(INSTANCE=str(tmp_path))).url_map.iter_rules()}
    assert "/design" not in rules

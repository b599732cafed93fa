"""Reading changes nothing, with one exception that has a name: a question nobody can answer is counted."""

import re

COUNTED = {"unmet_searches": 1, "attempts": 3}


def test_a_crawl_leaves_nothing_but_an_unmet_question(app, visitor, make, counts, indexed):
    practice, person = make.practice("Светлые дворы"), make.person()
    indexed()
    visitor.sign_in(make.admin())
    values = {"id": str(practice.id), "handle": person.handle, "slug": practice.slug, "code": "40"}
    before = counts()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            path = re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda match: values.get(match[1], "1"), rule.rule)
            assert visitor.client.get(path, query_string={"q": "аквапарк", "title": "Аквапарк"}).status_code < 500, path
    after = counts()
    assert {name: number - before[name] for name, number in after.items() if number != before[name]} == COUNTED

"""A form that another site filled in is never handed back ready to be sent; one of ours is."""

import pytest

FOREIGN = ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"})
ROLE = {"role": "admin", "note": "canary-of-another-site"}


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_guests_post_from_elsewhere_is_not_carried_through_the_sign_in(app, headers):
    answer = app.test_client().post("/admin/people/mallory/role", data=ROLE, headers=headers)
    assert answer.status_code == 401 and 'name="carried" value=""' in answer.text


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_signed_in_persons_post_from_elsewhere_is_refused_for_good(visitor, make, headers):
    visitor.sign_in(make.admin())
    answer = visitor.client.post("/admin/people/mallory/role", data=ROLE, headers=headers)
    assert answer.status_code == 400 and "canary-of-another-site" not in answer.text


def test_ones_own_form_comes_back(visitor, make):
    visitor.sign_in(make.admin())
    answer = visitor.client.post("/account", data={"about": "Мои слова"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400 and "Мои слова" in answer.text


@pytest.mark.parametrize("address", ["/practices/new", "/entries/1/vote", "/login", "/language", "/api/v1/practices"])
def test_thousands_of_parts_are_refused_and_no_error_of_ours(app, address):
    part = '--x\r\nContent-Disposition: form-data; name="p"\r\n\r\n1\r\n'
    answer = app.test_client().post(address, data=part * 3000 + "--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert 400 <= answer.status_code < 500

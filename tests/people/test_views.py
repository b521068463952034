import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from tests.district import account, dispatched

from huiyin.people.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "huiyin-demo"


def test_sign_in_goes_on_where_the_session_ended():
    case, client = dispatched(), Client()
    url = f"{case.url}move/accept/"
    asked = client.get(url).url
    assert asked == f"{resolve_url(settings.LOGIN_URL)}?next={url}"
    answered = client.post(asked, {"username": "handler.qingyuan", "password": PASSWORD, "next": url})
    assert answered.url == url
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_elsewhere(next_):
    sent = {"username": "handler.qingyuan", "password": PASSWORD, "next": next_}
    assert Client().post("/login/", sent).url == resolve_url(settings.LOGIN_REDIRECT_URL)


@pytest.mark.parametrize(("name", "password"), [("handler.qingyuan", "wrong"), ("nobody", PASSWORD)])
def test_wrong_name_and_wrong_password_get_the_same_answer(name, password):
    page = Client().post("/login/", {"username": name, "password": password})
    assert page.context["form"].non_field_errors() == ["用户名和密码对不上。请检查，注意大小写。"]


def test_an_account_switched_off_cannot_sign_in():
    Account.objects.filter(username="handler.qingyuan").update(is_active=False)
    page = Client().post("/login/", {"username": "handler.qingyuan", "password": PASSWORD})
    assert page.context["user"].is_authenticated is False


def test_sign_out_ends_the_session(enter):
    client = enter("handler.qingyuan")
    assert client.get("/logout/").status_code == 405  # a link or picture elsewhere cannot sign anybody out
    client.post("/logout/")
    assert client.get("/me/").url == f"{resolve_url(settings.LOGIN_URL)}?next=/me/"


def test_me_changes_the_password_and_signs_other_devices_out(enter):
    here, there = enter("handler.qingyuan"), enter("handler.qingyuan")
    new = {"old_password": PASSWORD, "new_password1": "一个很长的新密码2026", "new_password2": "一个很长的新密码2026"}
    assert here.post("/me/", new).url == "/me/"
    assert account("handler.qingyuan").check_password("一个很长的新密码2026")
    assert (here.get("/me/").status_code, there.get("/me/").status_code) == (200, 302)


def test_me_with_a_wrong_old_password_changes_nothing(enter):
    new = {"old_password": "wrong", "new_password1": "一个很长的新密码2026", "new_password2": "一个很长的新密码2026"}
    assert enter("handler.qingyuan").post("/me/", new).status_code == 422
    assert account("handler.qingyuan").check_password(PASSWORD)


def test_me_needs_a_session():
    assert Client().get("/me/").url == f"{resolve_url(settings.LOGIN_URL)}?next=/me/"
    assert Client().post("/me/", {}).url == f"{resolve_url(settings.LOGIN_URL)}?next=/me/"

"""Who calls the API: a token for programs, the browser's session for people already signed in."""

from django.http import HttpRequest
from ninja.security import APIKeyHeader, django_auth

from huiyin.api.models import ApiToken, digest
from huiyin.people.models import Account


class Token(APIKeyHeader):
    param_name = "X-Api-Token"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        if not key:
            return None
        token = ApiToken.objects.select_related("account").filter(digest=digest(key), account__is_active=True).first()
        if token is None:
            return None
        request.user = token.account
        return token.account


STAFF = [Token(), django_auth]

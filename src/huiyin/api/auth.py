"""Who calls the API: a token for programs, the browser's session for people already signed in."""

from django.http import HttpRequest
from ninja.security import APIKeyHeader, django_auth

from huiyin.api.models import digest
from huiyin.people.backends import with_roles
from huiyin.people.models import Account


class Token(APIKeyHeader):
    param_name = "X-Api-Token"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        if not key:
            return None
        account = with_roles(Account.objects.filter(api_tokens__digest=digest(key), is_active=True))
        if account is not None:
            request.user = account
        return account


STAFF = [Token(), django_auth]

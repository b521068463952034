from django.http import HttpRequest

from huiyin.people.queries import current_district


def district(_request: HttpRequest) -> dict[str, object]:
    return {"district": current_district()}

"""Who knocks, without an account: the address as our own proxies saw it."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def sender(request: HttpRequest) -> str:
    return seen_from(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def seen_from(peer: str, forwarded_for: str) -> str:
    """The address as the outermost of our own proxies saw it; of an IPv6 address the /64, which one home shares."""
    seen: list[str] = [peer]
    if settings.PROXIES:
        seen = [address.strip() for address in forwarded_for.split(",")][-settings.PROXIES :]
    try:
        address = ip_address(seen[0])
    except ValueError:
        return seen[0]
    return str(int(address) >> 64) if isinstance(address, IPv6Address) and not address.ipv4_mapped else str(address)

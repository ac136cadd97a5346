"""The hosts that downloads may connect to: those on the public internet, and those that the merchant names.

An export is an untrusted file. Its addresses must not make this machine connect to a router, a metadata service or a
database in its own network (CWE-918, server-side request forgery).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, TypeAlias

import msgspec

from storegen.errors import StoregenError

Address: TypeAlias = "IPv4Address | IPv6Address"
Resolver: TypeAlias = "Callable[..., list[tuple[Any, Any, Any, str, tuple[Any, ...]]]]"

# Networks that Python's ipaddress (at least in 3.11) wrongly treats as public (IANA special-purpose registries).
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments, metadata of Oracle Cloud
            "192.88.99.0/24",  # former 6to4 relays
            "168.63.129.16/32",  # Azure's service for its own machines
            "64:ff9b:1::/48",  # NAT64 of one network
            "2001::/23",  # protocol assignments, Teredo
            "fec0::/10",  # former site-local addresses
            "3fff::/20",  # examples in documentation
            "5f00::/16",  # segment routing
        ),
    )
)
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")
_TRANSLATED = ip_network("::ffff:0:0:0/96")
_WEB_PORTS = frozenset((80, 443))
_FIRST_FREE_PORT = 1024


class HostError(StoregenError):
    """A host is not allowed. The message gives the reason and the remedy."""


class HostPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """The hosts that are allowed in any network (see `host_name`), and the function that resolves names."""

    allowed: frozenset[str] = frozenset()
    resolve: Resolver = socket.getaddrinfo


def host_name(text: str) -> str:
    """Return a host in the form used for comparison: lower case, by IDNA, without brackets and trailing dot."""
    plain = text.strip().strip("[]").rstrip(".").lower()
    try:
        return plain if plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


def check_host(host: str, port: int, policy: HostPolicy) -> list[tuple[Any, Any, Any, str, tuple[Any, ...]]]:
    """Return the socket addresses of a host in the format of getaddrinfo, if all of them are allowed.

    Raises HostError if one is not allowed, and OSError if the name can't be resolved.
    """
    if host_name(host) in policy.allowed:
        return policy.resolve(host, port, type=socket.SOCK_STREAM)
    if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
        raise HostError(f"port {port} is not one of the web; if it is right, add --allow-host {host_name(host)}")
    try:
        found = policy.resolve(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError("the name can't be resolved") from None
    if not all(is_public(place[4][0]) for place in found):
        raise HostError(_inner(host))
    return found


def connect(host: str, port: int, timeout: float | None, policy: HostPolicy) -> socket.socket:
    """Return a connection to one of the checked addresses. The name is not resolved again, so its address can't change.

    Raises HostError for a host that isn't allowed, OSError if no address answers.
    """
    failed = OSError("the name has no address")
    for family, kind, protocol, _, place in check_host(host, port, policy):
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(timeout)
            made.connect(place)
            _check_peer(made, host, policy)
        except (OSError, HostError) as error:
            made.close()
            if isinstance(error, HostError):
                raise
            failed = error
        else:
            return made
    raise failed


def _check_peer(made: socket.socket, host: str, policy: HostPolicy) -> None:
    """Raise HostError for a connection to this machine itself by its public address."""
    if made.getsockname()[0] == made.getpeername()[0] and host_name(host) not in policy.allowed:
        raise HostError(_inner(host))


def is_public(text: str) -> bool:
    """Return whether an IP address is public. An IPv4 address embedded in it must be public too."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    inner = _embedded(address)
    if inner is not None:
        return is_public(str(inner))
    return (
        address.is_global
        and not (address.is_multicast or address.is_unspecified or address.is_loopback or address.is_link_local)
        and not address.is_reserved
        and not any(address in network for network in _NOT_PUBLIC)
    )


def _embedded(address: Address) -> IPv4Address | None:
    """Return the IPv4 address embedded in an IPv6 address: mapped, translated, NAT64 or 6to4."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64 or address in _COMPATIBLE or address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _inner(host: str) -> str:
    name = host_name(host)
    return (
        f"{name} is this machine or one of its own networks, which an export may not ask; "
        f"if the pictures are there, add --allow-host {name}"
    )

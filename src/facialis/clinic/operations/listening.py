"""The socket on which the clinic listens."""

import ipaddress
import socket

from facialis.errors import FacialisError

BACKLOG = 512


class AddressError(FacialisError):
    """Nothing can listen there."""

    code = "address_refused"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one. Raises `AddressError`.

    The web inherits it: while the web is started again, visitors wait instead of being refused.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        link = socket.socket(family, kind, protocol)
        try:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            link.bind(address)
            link.listen(BACKLOG)
        except OSError:
            link.close()
            raise
    except OSError as error:
        raise AddressError(
            f"Nothing can listen at {host}, port {port} ({error.strerror or error}). Choose another port "
            "with --port, or stop the program that has it."
        ) from error
    link.set_inheritable(True)
    return link

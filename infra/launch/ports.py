"""TCP ports on the loopback interface."""

import errno
import socket

from infra.launch.errors import LaunchError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on now. Somebody may take it before we do: the caller tries again when a server says so."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def check_web_port(text: str, *, host: str = LOOPBACK) -> int:
    """The number in PORT, checked to be free. Raises LaunchError when it is no port or is taken."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LaunchError(f"PORT must be a number between 1 and 65535; it is {text!r}. Try `PORT=8001 make run`.")
    port = int(text)
    with socket.socket() as probe:
        # As web servers do, so that a port that only waits out its last connections counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise LaunchError(
                    f"Port {port} is reserved for root. Choose one above 1023: `PORT=8000 make run`."
                ) from error
            if error.errno != errno.EADDRINUSE:
                raise
            raise LaunchError(
                f"Port {port} is already in use by another program. Stop that program, or choose another port: "
                f"`PORT={free_port()} make run`. Nothing was started."
            ) from error
    return port

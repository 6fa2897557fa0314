"""The wire between a server of ours and its database: a test cuts it and mends it."""

import socket
import threading
from contextlib import suppress

from infra.launch.ports import LOOPBACK, free_port


class Wire:
    """Relays LOOPBACK:port to `to`. Cut, nobody answers there and whatever was under way is torn off."""

    def __init__(self, to: tuple[str, int]) -> None:
        self.port = free_port()
        self._to = to
        self._listener: socket.socket | None = None
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def mend(self) -> None:
        self._listener = socket.create_server((LOOPBACK, self.port))
        self._begin(self._listen, self._listener)

    def cut(self) -> None:
        if self._listener is not None:
            _tear(self._listener)
            self._listener = None
        for end in self._ends:
            _tear(end)
        for thread in self._threads:
            thread.join(10)
        self._ends, self._threads = [], []

    def _begin(self, work, *given: socket.socket) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self._to)
                self._ends += [near, far]
                self._begin(self._relay, near, far)
                self._begin(self._relay, far, near)

    def _relay(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                target.sendall(said)
        _tear(source)
        _tear(target)


def _tear(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()

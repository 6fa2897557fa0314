"""A request goes to the address that was checked, for the name that TLS proves, once, and takes little time."""

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tenants.webhooks import post as sending
from tenants.webhooks.post import post, post_to
from tenants.webhooks.target import Target, target_of
from tests.receiver import LOOPBACK, listening

NAME = "hooks.example.com"


def tell(target: Target, **more):
    return post(target, headers={"webhook-id": "msg_1"}, body=b"{}", **more)


def by_tls(port: int, host: str = NAME) -> Target:
    return Target(host, port, "/hooks?a=b", secure=True, here=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Files of a key with its certificate for NAME, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with listening(wrap=lambda sock: context.wrap_socket(sock, server_side=True)) as receiver:
        yield receiver


@pytest.fixture
def trusted(settings, certificate):
    settings.WEBHOOK_CA_FILE = str(certificate / "cert.pem")


def send_to_loopback(target: Target):
    return post_to(LOOPBACK, target, headers={}, body=b"{}")


@pytest.mark.usefixtures("trusted")
def test_the_name_is_proven_and_asked_for_although_the_address_is_dialed(secure):
    assert send_to_loopback(by_tls(secure.port)).status == 204
    ((headers, _),) = secure.heard
    assert headers["host"] == f"{NAME}:{secure.port}"
    assert ip_address(LOOPBACK).is_loopback


@pytest.mark.usefixtures("trusted")
def test_another_name_is_not_proven_by_that_certificate(secure):
    assert send_to_loopback(by_tls(secure.port, "other.example.com")).problem == "tls"
    assert secure.heard == []


def test_a_certificate_that_nobody_trusts_is_refused(secure):
    assert send_to_loopback(by_tls(secure.port)).problem == "tls"
    assert secure.heard == []


def test_what_leads_inside_is_not_dialed_whatever_the_name(receiver):
    for target in (Target(NAME, receiver.port, "/", secure=False, here=False), by_tls(receiver.port)):
        assert tell(target, resolve=lambda _host, _port: [LOOPBACK]).problem == "closed_address"
    assert receiver.heard == []


def test_a_name_is_asked_for_once_and_that_answer_is_dialed(monkeypatch, receiver):
    """A name that is on the internet when it is checked, and inside when it is dialed, comes to nothing."""
    dialed, asked = [], []

    def once(_host: str, _port: int) -> list[str]:
        asked.append(_host)
        return ["8.8.8.8"] if len(asked) == 1 else [LOOPBACK]

    def dial(address, *_args, **_kwargs):
        dialed.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_, **__: [(2, 1, 6, "", (host, port))])
    monkeypatch.setattr(socket.socket, "connect", lambda _sock, address: dial(address))
    assert tell(by_tls(443), resolve=once).problem == "unreachable"
    assert (asked, dialed) == ([NAME], [("8.8.8.8", 443)])


def test_a_redirect_is_not_followed(receiver):
    receiver.answers, receiver.headers = [302], {"Location": receiver.url}
    assert tell(target_of(receiver.url)).status == 302
    assert len(receiver.heard) == 1


def test_an_answer_without_end_is_not_read(receiver):
    def endless(handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    receiver.answer = endless
    assert tell(target_of(receiver.url)).status == 200


def test_one_that_drips_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(sending, "ALTOGETHER", 0.3)

    def drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            handler.wfile.write(b"X-A: b\r\n")
            handler.wfile.flush()
            handler.connection.settimeout(0.02)
            try:
                handler.connection.recv(1)
            except TimeoutError:
                continue

    receiver.answer = drip
    begun = time.monotonic()
    answer = tell(target_of(receiver.url))
    assert (answer.status, answer.problem) == (None, "timeout")
    assert time.monotonic() - begun < 5


def test_one_that_says_nothing_is_a_timeout(receiver, monkeypatch):
    monkeypatch.setattr(sending, "SILENCE", 0.1)
    receiver.answer = lambda handler: handler.connection.recv(1)
    assert tell(target_of(receiver.url)).problem == "timeout"


def test_one_that_hangs_up_and_one_that_speaks_no_http_are_no_answer(receiver):
    receiver.answer = lambda _handler: None
    assert tell(target_of(receiver.url)).problem == "no_answer"
    receiver.answer = lambda handler: handler.wfile.write(b"hello\r\n\r\n")
    assert tell(target_of(receiver.url)).problem == "no_answer"


def test_nobody_there_is_unreachable(receiver):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        url = f"http://{LOOPBACK}:{taken.getsockname()[1]}/"
        assert tell(target_of(url)).problem == "unreachable"


@pytest.mark.parametrize(("said", "seconds"), [("120", 120), ("", 0), ("-5", 0), ("soon", 0), ("9" * 9, 0)])
def test_how_long_it_asks_to_wait_is_heard_in_seconds(receiver, said, seconds):
    receiver.answers, receiver.headers = [429], {"Retry-After": said}
    answer = tell(target_of(receiver.url))
    assert (answer.status, answer.asked) == (429, timedelta(seconds=seconds))

"""A program is told on the internet, and never inside of any network."""

import pytest

from core.errors import DomainError
from tenants.webhooks.addresses import NotReachable, is_open, open_addresses
from tenants.webhooks.target import target_of

CLOSED = (
    "192.31.196.1 192.52.193.1 192.175.48.1"
    " 0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.9.9.9 168.63.129.16 169.254.169.254 172.16.0.1"
    " 172.31.255.254 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1"
    " 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8"
    " 64:ff9b::a00:1 64:ff9b::808:808 64:ff9b:1::a00:1 100::1 2001::1 2001:10::1 2001:db8::1 2002:a00:1::1"
    " 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2606:4700::1111%1"
    " localhost example.com 127.1 2130706433"
)
OPEN = "8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.169.0.1 2606:4700:4700::1111 2a00::1"


@pytest.mark.parametrize("address", CLOSED.split(" "))
def test_what_is_inside_of_a_network_is_closed(address):
    assert not is_open(address)


@pytest.mark.parametrize("address", OPEN.split(" "))
def test_what_is_on_the_internet_is_open(address):
    assert is_open(address)


def found(*addresses: str, loopback: bool = False) -> list[str]:
    return open_addresses("hooks.example.com", 443, loopback=loopback, resolve=lambda _host, _port: list(addresses))


def test_a_name_with_one_closed_address_among_open_ones_is_closed():
    assert found("8.8.8.8", "1.1.1.1") == ["8.8.8.8", "1.1.1.1"]
    with pytest.raises(NotReachable) as refused:
        found("8.8.8.8", "10.0.0.1")
    assert refused.value.code == "closed_address"


def test_this_machine_is_open_only_where_that_is_allowed_and_nothing_else_with_it():
    assert found("127.0.0.1", loopback=True) == ["127.0.0.1"]
    with pytest.raises(NotReachable):
        found("127.0.0.1")
    with pytest.raises(NotReachable):
        found("10.0.0.1", loopback=True)


def test_a_name_that_is_none_is_said_to_be_none():
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    for resolve in (nowhere, lambda _host, _port: []):
        with pytest.raises(NotReachable) as refused:
            open_addresses("hooks.example.com", 443, loopback=False, resolve=resolve)
        assert refused.value.code == "no_such_name"


GOOD = (
    "https://hooks.example.com/",
    "https://hooks.example.com",
    "https://hooks.example.com:8443/a?b=c",
    "https://HOOKS.Example.com/a",
    "https://xn--bcher-kva.example/x",
)
BAD = {
    "": "url_length",
    "https://hooks.example.com/" + "a" * 500: "url_length",
    "http://hooks.example.com/": "url_not_https",
    "ftp://hooks.example.com/": "url_not_https",
    "hooks.example.com": "url_not_https",
    "file:///etc/passwd": "url_not_https",
    "http://127.0.0.1/": "url_not_https",
    "https://hooks.example.com/a b": "url_characters",
    "https://hooks.example.com/\r\nX: y": "url_characters",
    "https://bücher.example/": "url_characters",
    "https://olivia:pw@hooks.example.com/": "url_password",
    "https://@hooks.example.com/": "url_password",
    "https://hooks.example.com/#a": "url_fragment",
    "https://hooks.example.com:99999/": "url_shape",
    "https://[::1/": "url_shape",
    "https://localhost/": "url_host",
    "https://127.0.0.1/": "url_host",
    "https://8.8.8.8/": "url_host",
    "https://[2606:4700::1111]/": "url_host",
    "https://2130706433/": "url_host",
    "https://0x7f.0.0.1/": "url_host",
    "https://intranet/": "url_host",
    "https://-a.example.com/": "url_host",
    "https:///a": "url_host",
    "https://hooks.example.com:22/": "url_port",
    "https://hooks.example.com:80/": "url_port",
}


@pytest.mark.parametrize("url", GOOD)
def test_a_full_name_by_https_is_an_address(url):
    assert target_of(url).secure


@pytest.mark.parametrize(("url", "code"), BAD.items())
def test_anything_else_is_none_and_says_why(url, code):
    with pytest.raises(DomainError) as refused:
        target_of(url)
    assert (refused.value.code, refused.value.field) == (code, "url")


def test_where_trying_out_is_allowed_this_machine_is_an_address_and_no_other_without_tls(settings):
    settings.WEBHOOK_LOOPBACK = True
    for url in ("http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/", "https://localhost/"):
        assert target_of(url).here
    for url, code in BAD.items():
        if "127.0.0.1/" not in url and "localhost" not in url:
            with pytest.raises(DomainError) as refused:
                target_of(url)
            assert refused.value.code == code

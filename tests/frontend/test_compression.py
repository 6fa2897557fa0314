"""Pages reach the browser compressed; files that are packed already do not pay for it twice."""

import gzip

import pytest


def test_a_page_is_compressed_for_a_browser_that_asks_for_it(sign_in):
    client = sign_in("Frank", at="aurora")
    packed = client.get("/notes/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "</html>" in gzip.decompress(packed.content).decode()
    assert len(packed.content) * 2 < len(client.get("/notes/").content)


def test_the_same_page_never_has_the_same_length_for_long(sign_in):
    """What somebody at the wire could measure is padded at random."""
    client = sign_in("Frank", at="aurora")
    lengths = {len(client.get("/notes/", headers={"Accept-Encoding": "gzip"}).content) for _time in range(8)}
    assert len(lengths) > 1


@pytest.mark.parametrize("path", ["/huddle/sheet.pdf", "/export/?download=1"])
def test_a_file_is_sent_as_it_is(sign_in, path):
    answer = sign_in("Olivia", at="aurora").get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers or answer.headers["Content-Type"].startswith("text/html")

"""Asks the broker whether a worker waits for jobs."""

import redis


def is_listened_to(url: str) -> bool:
    """Whether some client waits on a list: that is how a worker takes its next job."""
    with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
        return any(listener["cmd"] == "brpop" for listener in client.client_list())

"""Asks the web server's health page, as a load balancer would."""

import http.client
from collections.abc import Mapping

from infra.launch.ports import LOOPBACK

HEALTHY = "200"


def health_answer(environment: Mapping[str, str], *, port: int) -> str:
    """The status of /health/ on the network host as text, or why there is none."""
    host = environment.get("NETWORK_HOST") or "perennial.localhost"
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        # Behind a proxy plain HTTP is sent on to HTTPS; the health page is asked from inside, where there is none.
        connection.request("GET", "/health/", headers={"Host": f"{host}:{port}", "X-Forwarded-Proto": "https"})
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return f"no answer ({error})"
    finally:
        connection.close()

"""Ruth asks before she books."""

import pytest

from loyalty.inquiries.take import take


@pytest.fixture
def ask(location, playbook, now):
    """ask(): Ruth Calloway leaves her number at Aurora, Monday at nine. Any argument of take() can be another."""
    return lambda **said: take(**{"name": "Ruth Calloway", "phone": "(503) 555-0171", "now": now, **said})


@pytest.fixture
def ruth(ask):
    return ask(wants="Look less tired.", expects="A price first.", worries="Needles.")

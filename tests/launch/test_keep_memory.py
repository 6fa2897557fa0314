"""What a process of ours keeps of the memory that it is done with."""

import os
import platform
import subprocess
import sys

import pytest

from infra.launch.project import KEPT_MEMORY, python_environment

# As counting figures does: columns of a quarter megabyte, made and thrown away.
COLUMNS = """
import resource, numpy
def faults(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
column = numpy.arange(32_000.0)
column + column + column
before = faults()
for _ in range(100):
    column + column + column
print(faults() - before)
"""


def faults(environment: dict[str, str]) -> int:
    """How often the kernel had to find a page."""
    return int(subprocess.run([sys.executable, "-c", COLUMNS], env=environment, capture_output=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Other C libraries do not read the settings.")
def test_columns_that_come_and_go_are_not_given_back_to_the_kernel_each_time() -> None:
    plain = {name: value for name, value in os.environ.items() if name not in KEPT_MEMORY}
    assert faults(python_environment(plain)) < 100 < faults(plain)


def test_whoever_set_it_otherwise_is_left_alone() -> None:
    name = "MALLOC_TRIM_THRESHOLD_"
    assert python_environment({name: "1"})[name] == "1"

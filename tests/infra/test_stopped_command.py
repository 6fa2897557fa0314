"""Ctrl-C ends a command in a word, not with where it was."""

import os
import signal
import subprocess
import sys
from functools import partial

from infra.launch.project import ROOT


def test_a_command_that_is_stopped_says_so():
    """The attack says what it found of the first metric long before it is over."""
    command = subprocess.Popen(
        [sys.executable, "manage.py", "attack_benchmarks", "--no-rules"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs these tests in the background has them, and all they start, not hear Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    with command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.readline()
        command.send_signal(signal.SIGINT)
        said = command.stderr.read()
        assert command.wait() == 130
    assert "Stopped." in said
    assert "Traceback" not in said

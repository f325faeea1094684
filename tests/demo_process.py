"""Starts the demo as a newcomer does, in a folder of its own, for the tests that meet it whole."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 240


def command(*arguments):
    *words, folder = arguments
    # What compares rows with the log must be given every row.
    process = {"DEMO_PROCESS": "worker"} if words[0] == "verify_log" else {}
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings_demo", "DEMO_DIRECTORY": str(folder)} | process
    return ([sys.executable, str(ROOT / "manage.py"), *words],), {"cwd": ROOT, "env": environment}


def start(folder, port, *options):
    arguments, options_of_process = command("demo", "--port", str(port), *options, folder)
    return subprocess.Popen(
        *arguments,
        **options_of_process,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for_the_first_page(process):
    said = []
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        said.append(line)
        if "Avsluta med Ctrl-C" in line:
            return "".join(said)
        if not line:
            break
    process.kill()
    pytest.fail("".join(said))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def belonging_to(folder, port):
    """The processes that the demo of the folder consists of, by what they were started with or live in."""
    addresses = folder / "addresses.json"
    server = (
        re.search(r"(%2F[^/?&]*)+$", json.loads(addresses.read_text())["app"]) if addresses.exists() else None
    )
    socket_folder = Path(server[0].replace("%2F", "/")) if server else folder
    marks = {str(folder), f"127.0.0.1:{port}", str(socket_folder.parent)}
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                surroundings = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if any(mark in line for mark in marks) or f"DEMO_DIRECTORY={folder}\0" in surroundings:
                found[int(entry.name)] = line
    return found


def until_nothing_is_left(folder, port):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        left = belonging_to(folder, port)
        if not left:
            return
        time.sleep(0.2)
    pytest.fail(f"left behind: {left}")

"""`make demo` as a newcomer meets it: the first page, and nothing left behind however it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.demo_process import ROOT, command, free_port, start, wait_for_the_first_page

DIST = ROOT / "frontend/dist/css/app.css"
pytestmark = [pytest.mark.slow, pytest.mark.journey]


@pytest.fixture(scope="module", autouse=True)
def _styles():
    if not DIST.exists():
        pytest.fail("The style sheets are not built. Run make setup.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A demo's folder, shared so that only the first start builds it; removed as make demo-reset does."""
    path = tmp_path_factory.mktemp("demo") / "demo"
    yield path
    reset = command("demo_reset", path)
    assert subprocess.run(
        *reset[0], **reset[1], check=True, capture_output=True, text=True
    ).stdout.startswith("Demon")
    assert not path.exists()


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


def interrupt(process):
    os.killpg(process.pid, signal.SIGINT)


ENDS = {
    "Ctrl-C": interrupt,
    "SIGTERM": lambda process: process.terminate(),
    "SIGHUP": lambda process: process.send_signal(signal.SIGHUP),
    "kill -9": lambda process: process.kill(),
}


@pytest.mark.parametrize("way", list(ENDS))
def test_no_process_is_left_however_the_demo_ends(folder, way):
    port = free_port()
    process = start(folder, port)
    try:
        said = wait_for_the_first_page(process)
        assert f"http://127.0.0.1:{port}/" in said
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).read().decode()
        assert "DEMO" in page
        assert "Alma Provström" in page
        assert len(belonging_to(folder, port)) >= 6
        ENDS[way](process)
        process.wait(timeout=30)
        until_nothing_is_left(folder, port)
        assert process.returncode == (-signal.SIGKILL if way == "kill -9" else 0)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_taken_port_is_said_clearly_and_nothing_is_started(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments, options = command("demo", "--port", str(port), folder)
        result = subprocess.run(*arguments, **options, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert f"Port {port} kan inte användas" in result.stderr
        assert f"make demo PORT={port + 1}" in result.stderr
        assert "Traceback" not in result.stderr


def test_second_demo_of_the_same_folder_is_refused_at_once(folder):
    from avhopp.demo.directory import DemoDirectory, prepare, running

    prepare(DemoDirectory(folder))
    with running(DemoDirectory(folder)):
        for words in (["demo", "--port", str(free_port())], ["demo_reset"]):
            arguments, options = command(*words, folder)
            result = subprocess.run(*arguments, **options, capture_output=True, text=True, check=False)
            assert result.returncode == 1
            assert "Avsluta den först" in result.stderr

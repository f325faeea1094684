"""An embedded server never outlives what started it, and starts again after every kind of fall."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from avhopp.database.supervisor import processes_of
from tests.integration.database.embedded_runner import Runner, heard, is_gone

pytestmark = pytest.mark.slow

STAY = """
server = EmbeddedServer(directory, durable=True)
server.start()
say(**facts(server))
sys.stdin.read()
"""
STAY_IN_A_BLOCK = """
with EmbeddedServer(directory, durable=True) as server:
    say(**facts(server))
    sys.stdin.read()
"""
WRITE = """
with EmbeddedServer(directory, durable=True) as server, psycopg.connect(server.admin_url) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    connection.commit()
    say(**facts(server))
    sys.stdin.read()
"""
READ = """
begun = time.monotonic()
with EmbeddedServer(directory, durable=True) as server:
    seconds = time.monotonic() - begun
    with psycopg.connect(server.admin_url) as connection:
        say(answer=connection.execute("SELECT answer FROM kept").fetchone()[0], seconds=seconds)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_ended_by_a_signal_leaves_no_server(
    runner: Runner, directory: Path, number: signal.Signals
) -> None:
    process = runner.start(STAY, directory)
    said = heard(process)
    assert not is_gone(said["data"], seconds=0.1)
    process.send_signal(number)
    process.wait(timeout=30)
    assert is_gone(said["data"])


def test_ctrl_c_at_the_terminal_reaches_the_whole_group_and_leaves_no_server(
    runner: Runner, directory: Path
) -> None:
    process = runner.start(STAY_IN_A_BLOCK, directory)
    said = heard(process)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=30)
    assert is_gone(said["data"], seconds=0.5)
    assert not Path(f"/proc/{said['supervisor']}").exists()


def test_after_ctrl_c_the_application_can_still_finish_its_work(runner: Runner, directory: Path) -> None:
    script = """
with EmbeddedServer(directory, durable=False) as server:
    connection = psycopg.connect(server.admin_url)
    try:
        # Said inside, for the interrupt may come before the next line is reached.
        say(**facts(server))
        sys.stdin.read()
    except KeyboardInterrupt:
        time.sleep(0.5)
        say(answer=connection.execute("SELECT 42").fetchone()[0])
        connection.close()
"""
    process = runner.start(script, directory)
    heard(process)
    os.killpg(process.pid, signal.SIGINT)
    assert heard(process) == {"answer": 42}


def test_a_process_that_forgets_to_stop_leaves_no_server(runner: Runner, directory: Path) -> None:
    process = runner.start(STAY, directory)
    said = heard(process)
    process.communicate("", timeout=30)
    assert process.returncode == 0
    assert is_gone(said["data"])


def test_a_killed_process_leaves_no_server_though_its_forked_child_lives(
    runner: Runner, directory: Path
) -> None:
    script = """
server = EmbeddedServer(directory, durable=True)
server.start()
child = os.fork()
if not child:
    time.sleep(60)
    os._exit(0)
say(child=child, **facts(server))
sys.stdin.read()
"""
    process = runner.start(script, directory)
    said = heard(process)
    try:
        process.kill()
        process.wait(timeout=30)
        assert is_gone(said["data"])
        os.kill(said["child"], 0)
    finally:
        os.kill(said["child"], signal.SIGKILL)


def test_a_killed_supervisor_takes_the_server_with_it(runner: Runner, directory: Path) -> None:
    process = runner.start(STAY, directory)
    said = heard(process)
    os.kill(said["supervisor"], signal.SIGKILL)
    assert is_gone(said["data"])


def test_a_server_started_in_a_thread_outlives_the_thread(runner: Runner, directory: Path) -> None:
    script = """
server = EmbeddedServer(directory, durable=False)
thread = threading.Thread(target=server.start)
thread.start()
thread.join()
time.sleep(0.2)
with psycopg.connect(server.admin_url) as connection:
    say(answer=connection.execute("SELECT 42").fetchone()[0])
server.stop()
"""
    assert runner.run(script, directory) == {"answer": 42}


def test_a_server_that_is_not_durable_leaves_no_file_even_when_its_process_is_killed(
    runner: Runner, directory: Path
) -> None:
    process = runner.start(STAY.replace("durable=True", "durable=False"), directory)
    said = heard(process)
    assert Path(said["data"]).is_dir()
    process.kill()
    process.wait(timeout=30)
    assert is_gone(said["data"])
    deadline = time.monotonic() + 10
    while Path(said["data"]).parent.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(said["data"]).parent.exists()


@pytest.mark.parametrize("victims", [["postmaster"], ["process"], ["supervisor", "process", "postmaster"]])
def test_a_second_start_after_a_crash_is_quick_and_finds_what_was_committed(
    runner: Runner, directory: Path, victims: list[str]
) -> None:
    process = runner.start(WRITE, directory)
    said = heard(process)
    postmaster = int((Path(said["data"]) / "postmaster.pid").read_text().splitlines()[0])
    ids = {"postmaster": postmaster, "process": process.pid, "supervisor": said["supervisor"]}
    for victim in victims:
        os.kill(ids[victim], signal.SIGKILL)
    process.kill()
    process.wait(timeout=30)
    again = runner.run(READ, directory)
    assert again["answer"] == 42
    # Not a measure of speed: a start that waits for something dead takes its whole time-out.
    assert again["seconds"] < 10


def test_a_start_first_ends_what_a_crash_left_running(runner: Runner, directory: Path) -> None:
    process = runner.start(WRITE, directory)
    said = heard(process)
    survivor = max(processes_of(data=Path(said["data"])))
    os.kill(survivor, signal.SIGSTOP)
    postmaster = int((Path(said["data"]) / "postmaster.pid").read_text().splitlines()[0])
    for victim in (said["supervisor"], postmaster, process.pid):
        os.kill(victim, signal.SIGKILL)
    process.wait(timeout=30)
    deadline = time.monotonic() + 10
    while processes_of(data=Path(said["data"])) != [survivor] and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes_of(data=Path(said["data"])) == [survivor]
    assert runner.run(READ, directory)["answer"] == 42


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(
    runner: Runner, directory: Path, started: list[subprocess.Popen[str]]
) -> None:
    process = runner.start(WRITE, directory)
    said = heard(process)
    process.communicate("", timeout=30)
    account = Path(said["data"]).stat()
    stranger = subprocess.Popen(["sleep", "60"], user=account.st_uid, text=True)
    started.append(stranger)
    pid_file = Path(said["data"]) / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{said['data']}\n1700000000\n5432\n/nowhere\n\n1 1\nready\n")
    os.chown(pid_file, account.st_uid, account.st_gid)
    assert runner.run(READ, directory)["answer"] == 42
    assert stranger.poll() is None


def test_two_directories_at_once_have_servers_that_never_meet(
    runner: Runner, directory: Path, homes: Callable[[], Path]
) -> None:
    script = """
other = Path(f"{directory}2")
with EmbeddedServer(directory, durable=False) as first, EmbeddedServer(other, durable=False) as second:
    with psycopg.connect(first.admin_url) as connection:
        connection.execute("CREATE TABLE mine ()")
    with psycopg.connect(second.admin_url) as connection:
        found = connection.execute("SELECT to_regclass('mine')").fetchone()[0]
    say(found=found, places=len({first.data, second.data}), urls=len({first.admin_url, second.admin_url}))
"""
    assert runner.run(script, directory) == {"found": None, "places": 2, "urls": 2}

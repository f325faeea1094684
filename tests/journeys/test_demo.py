"""The demo as a newcomer meets it: one click signs in each of the four, and each sees her own part of the work."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from avhopp.demo.colleagues import AUDITOR, MANAGER, SUPERVISOR, WORKER
from tests.demo_process import ROOT, command, free_port, start, wait_for_the_first_page
from tests.journeys.conftest import People, assert_good_page

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PICTURE = ROOT / "docs" / "screenshot.png"


class Demo:
    """What `People` needs to know of a server."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    @property
    def log(self) -> str:
        return (self.folder / "log" / "web.log").read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("demo") / "demo", free_port()
    process = start(folder, port)
    wait_for_the_first_page(process)
    yield Demo(f"http://127.0.0.1:{port}", folder)
    process.terminate()
    process.wait(timeout=30)
    process.stdout.close()
    arguments, options = command("demo_reset", folder)
    subprocess.run(*arguments, **options, check=True, capture_output=True)


@pytest.fixture
def windows(browser, demo):
    made = People(browser, demo)
    yield made
    made.close()
    assert made.watch.left() == []
    assert "Traceback" not in demo.log


def signed_in(windows, who):
    page = windows.window()
    page.goto("/")
    page.get_by_role("button", name=f"Fortsätt som {who.name.split()[0]}").click()
    page.wait_for_url("**/")
    return page


def test_the_four_sign_in_with_a_click_and_see_their_part(windows, demo):
    worker = signed_in(windows, WORKER)
    assert worker.get_by_text("Försenad").count() > 0
    assert worker.get_by_text("I dag").count() > 0
    worker.screenshot(path=PICTURE if os.environ.get("WRITE_SCREENSHOT") else demo.folder / "start.png")
    supervisor = signed_in(windows, SUPERVISOR)
    supervisor.get_by_role("navigation").get_by_role("link", name="Godkännanden").first.click()
    assert supervisor.get_by_role("main").get_by_role("link").count() >= 3
    auditor = signed_in(windows, AUDITOR)
    assert auditor.get_by_role("link", name="Mina ärenden").count() == 0
    assert auditor.get_by_role("link", name="Åtkomstlogg").count() > 0
    manager = signed_in(windows, MANAGER)
    manager.get_by_role("navigation").get_by_role("link", name="Uppföljning").first.click()
    assert manager.get_by_text("Samverkansöverenskommelse").count() > 0
    assert manager.get_by_text("Avhopparärende").count() == 0


def test_the_page_where_a_colleague_is_chosen_is_good(windows):
    page = windows.window()
    page.goto("/")
    assert_good_page(page)

"""The demo as a newcomer meets it: a click signs in each of the four, and nothing is left however the demo ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from avhopp.demo.colleagues import AUDITOR, MANAGER, OFFICER, SUPERVISOR, WORKER
from avhopp.demo.directory import DemoDirectory, prepare, running
from tests.demo_process import (
    ROOT,
    belonging_to,
    command,
    free_port,
    start,
    until_nothing_is_left,
    wait_for_the_first_page,
)
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
def folder(tmp_path_factory):
    """A demo's folder, shared so that only the first start builds it; removed as make demo-reset does."""
    if not (ROOT / "frontend/dist/css/app.css").exists():
        pytest.fail("The style sheets are not built. Run make setup.")
    path = tmp_path_factory.mktemp("demo") / "demo"
    yield path
    arguments, options = command("demo_reset", path)
    result = subprocess.run(*arguments, **options, check=True, capture_output=True, text=True)
    assert result.stdout.startswith("Demon är borttagen")
    assert not path.exists()


@pytest.fixture(scope="class")
def demo(folder):
    """The demo while it runs."""
    port = free_port()
    process = start(folder, port)
    wait_for_the_first_page(process)
    yield Demo(f"http://127.0.0.1:{port}", folder)
    ended = process.poll()
    process.terminate()
    process.wait(timeout=30)
    said = "" if ended is None else process.stdout.read()
    process.stdout.close()
    assert ended is None, f"The demo ended by itself: {said}"


@pytest.fixture
def windows(browser, demo):
    """Windows in which nothing forbidden may happen."""
    made = People(browser, demo)
    yield made
    made.close()
    assert made.watch.left() == []
    assert "Traceback" not in demo.log


def signed_in(windows, who):
    page = windows.window()
    page.goto("/")
    go(page, page.get_by_role("button", name=f"Fortsätt som {who.name.split()[0]}"))
    return page


def go(page, link_or_button):
    """Press what leads to another page, and be there."""
    with page.expect_navigation():
        link_or_button.click()


def judge_the_rest(page):
    clear = page.get_by_role("button", name="Utan anmärkning")
    while clear.count():
        go(page, clear)


class TestWhileItRuns:
    def test_the_page_where_a_colleague_is_chosen_is_good(self, windows):
        page = windows.window()
        page.goto("/")
        assert_good_page(page)

    def test_handlaggare_has_something_late_and_something_due_today(self, windows, demo):
        page = signed_in(windows, WORKER)
        main = page.get_by_role("main")
        expect(main.get_by_text("Försenad")).not_to_have_count(0)
        expect(main.get_by_text("I dag")).not_to_have_count(0)
        assert_good_page(page)
        page.screenshot(path=PICTURE if os.environ.get("WRITE_SCREENSHOT") else demo.folder / "start.png")

    def test_arbetsledare_has_requests_to_decide_about(self, windows):
        page = signed_in(windows, SUPERVISOR)
        go(page, page.get_by_role("navigation").get_by_role("link", name="Godkännanden").first)
        assert page.get_by_role("main").get_by_role("link").count() >= 3

    def test_logggranskare_has_the_log_and_no_cases(self, windows):
        page = signed_in(windows, AUDITOR)
        expect(page.get_by_role("link", name="Åtkomstlogg")).not_to_have_count(0)
        assert page.locator("a[href^='/arenden/']").count() == 0

    def test_trygghetschef_has_three_published_years_and_a_figure_in_each_area(self, windows):
        page = signed_in(windows, MANAGER)
        page.goto("/uppfoljning/")
        main = page.get_by_role("main")
        expect(main.get_by_text("ingen redovisning ännu")).to_have_count(0)
        expect(main.get_by_text("Senast redovisat: Andra halvåret")).to_have_count(1)
        assert_good_page(page)
        page.goto("/uppfoljning/redovisningar/")
        expect(page.get_by_role("main").get_by_text("Publicerad")).not_to_have_count(0)
        expect(page.get_by_role("main").get_by_text("Kan inte redovisas")).to_have_count(0)

    def test_logggranskare_draws_the_month_judges_everything_and_signs(self, windows):
        page = signed_in(windows, AUDITOR)
        go(page, page.get_by_role("navigation").get_by_role("link", name="Loggkontroll"))
        assert_good_page(page)
        go(page, page.get_by_role("button", name="Dra månadens stickprov"))
        assert_good_page(page)
        month = page.url
        go(page, page.get_by_role("button", name="Fortsätt granska"))
        assert_good_page(page)
        page.get_by_label("Anmärkning").fill("Fråga chefen.")
        go(page, page.get_by_role("button", name="Med anmärkning"))
        judge_the_rest(page)
        # The lot may have fallen on the auditor herself.
        officer = signed_in(windows, OFFICER)
        officer.goto("/logg/kontroll/")
        if officer.get_by_role("button", name="Börja granska").count():
            go(officer, officer.get_by_role("button", name="Börja granska"))
            judge_the_rest(officer)
        page.goto(month)
        page.get_by_role("button", name="Signera").click()
        expect(page.get_by_text("Månadens loggkontroll är signerad.")).to_have_count(1)
        go(page, page.get_by_role("link", name="Anmärkning i").last)
        page.get_by_label("Samtal med medarbetaren").check()
        page.get_by_label("Vad gjordes").fill("Samtal i dag.")
        assert_good_page(page)
        page.get_by_role("button", name="Spara uppföljningen").click()
        expect(page.get_by_text("Uppföljningen är antecknad.")).to_have_count(1)

    def test_log_of_everything_that_was_built_and_done_is_whole(self, demo):
        arguments, options = command("verify_log", demo.folder)
        for _ in range(30):
            result = subprocess.run(*arguments, **options, check=False, capture_output=True, text=True)
            if result.returncode == 0:
                break
            # The sequencer may still be catching up.
            time.sleep(2)
        assert "Loggen är hel" in result.stdout, result.stdout + result.stderr

    def test_trygghetschef_has_the_agreement_and_no_cases(self, windows):
        page = signed_in(windows, MANAGER)
        page.get_by_role("navigation").get_by_role("link", name="Uppföljning").first.click()
        expect(page.get_by_text("Samverkansöverenskommelse")).not_to_have_count(0)
        assert page.locator("a[href^='/arenden/']").count() == 0


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
    prepare(DemoDirectory(folder))
    with running(DemoDirectory(folder)):
        for words in (["demo", "--port", str(free_port())], ["demo_reset"]):
            arguments, options = command(*words, folder)
            result = subprocess.run(*arguments, **options, capture_output=True, text=True, check=False)
            assert result.returncode == 1
            assert "Avsluta den först" in result.stderr

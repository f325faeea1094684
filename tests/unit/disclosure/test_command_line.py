"""The commands that a stranger runs on files of any origin: the work, or one line that says what is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure.__main__ import main
from followup.disclosure.ledger import SILENCE
from followup.disclosure.release import START, canonical
from tests.forged import forged

VECTORS = Path(__file__).parents[2] / "vectors" / "disclosure"
COUNTS = json.loads((VECTORS / "counts.json").read_bytes())
RELEASED = json.loads((VECTORS / "released.json").read_bytes())
ATTACKS = json.loads((VECTORS / "attacks.json").read_bytes())


def test_known_counts_give_the_known_released_files_byte_for_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The third period falls where nobody can leave, so it is refused and the exit code says so."""
    source, target = VECTORS / "counts.json", tmp_path / "out.json"
    assert main(["protect", str(source), str(target)]) == 1
    assert SILENCE in capsys.readouterr().err
    assert target.read_bytes() == (VECTORS / "released.json").read_bytes()


def test_command_line_checks_and_says_so_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    released, other = VECTORS / "released.json", tmp_path / "other.json"
    assert main(["check", str(released)]) == 0
    assert "G(k=5, m=2) håller" in capsys.readouterr().out
    other.write_bytes(released.read_bytes().replace(b'"20"', b'"25"'))
    assert other.read_bytes() != released.read_bytes()
    assert main(["check", str(other)]) == 1
    assert main(["check", str(VECTORS / "counts.json")]) == 1
    assert main(["check"]) == 2
    assert main(["protect", str(released), str(other)]) == 2
    assert main(["cases", str(tmp_path / "none.json")]) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 100_000,
        bytes(range(256)),
        b'{"format": 1' + b"0" * 5_000 + b"}",
        b'{"format": "avhopp-releases/1", "releases": ["\\ud800"]}',
        canonical(content={**COUNTS, "earlier": [{**RELEASED["releases"][0], "number": 2}]}),
        canonical(content={**COUNTS, "earlier": [RELEASED["releases"][0]] * 2}),
        canonical(content={**COUNTS, "plan": {**COUNTS["plan"], "version": 10**40}}),
        json.dumps({**COUNTS, "plan": {**COUNTS["plan"], "name": "\ud800"}}).encode(),
    ],
    ids=range(9),
)
def test_file_that_cannot_be_read_is_answered_with_one_line(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    for command, code in (["protect", str(source), str(target)], 2), (["cases", str(source)], 2), (
        ["check", str(source)], 1,
    ):  # fmt: skip
        assert main(command) == code
        said = capsys.readouterr()
        assert len((said.out + said.err).splitlines()) == 1
    assert not target.exists()


def test_counts_are_not_written_over_by_what_is_released_of_them(tmp_path: Path) -> None:
    source, link = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes((VECTORS / "counts.json").read_bytes())
    link.symlink_to(source)
    for target in source, link:
        assert main(["protect", str(source), str(target)]) == 2
    assert source.read_bytes() == (VECTORS / "counts.json").read_bytes()


def places(content: Any, above: tuple = ()) -> Iterator[tuple]:
    """Yield the way to every value in a JSON content."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from places(value, (*above, key))


def changed(content: dict, place: tuple, value: Any) -> dict:
    """Return a content with another value (or, for ``...``, none) in a place."""
    content = copy.deepcopy(content)
    inner: Any = content
    for key in place[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return content


def chained(content: dict) -> dict:
    """Return a bundle whose hashes are right, as somebody who made it up would write it."""
    before = START
    for release in content["releases"] if isinstance(content.get("releases"), list) else []:
        if isinstance(release, dict):
            release.update(forged({**release, "previous": before}))
            before = release["sha256"]
    return content


NUMBERS = [True, -1, 0, 1, 6, 8, 13, 10**6, 10**17]
TEXTS = ["", "x", "..", "man", "kön", "whole"]
NESTED = [[], {}, [[]], ["kön"], {"kön": ["man"]}, {"by": ["kön"]}]


@pytest.mark.parametrize(
    ("command", "content"), [("check", RELEASED), ("protect", COUNTS), ("cases", ATTACKS)]
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_file_says_there_is_an_answer(
    command: str, content: dict, data: st.DataObject, tmp_path: Path
) -> None:
    if command == "cases":
        content = {**content, "cases": [data.draw(st.sampled_from(content["cases"]))]}
    place = data.draw(st.sampled_from(list(places(content))))
    content = changed(content, place, data.draw(st.sampled_from([..., None, *NUMBERS, *TEXTS, *NESTED])))
    source = tmp_path / "in.json"
    source.write_bytes(canonical(content=chained(content) if command == "check" else content))
    targets = [str(tmp_path / "out.json")] if command == "protect" else []
    assert main([command, str(source), *targets]) in {0, 1, 2}

"""What an operator and a stranger run: verify_log, export_log, the one-file verifier, and making keys."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit import keyfile
from audit.models import Leaf
from audit.note import KeyKind
from tests.integration.audit_tree.conftest import STANDALONE


@pytest.fixture
def grown(running_log):
    running_log.grow()
    return running_log


def test_verify_log_of_a_whole_log_ends_well_and_says_what_it_cannot_exclude(grown, capsys):
    call_command("verify_log", log_key=str(grown.key.verifier), witness_key=[], witness_url="")
    said = capsys.readouterr().out
    assert "Loggen är hel: 3 blad" in said
    assert "Inget vittne" in said


def test_verify_log_asks_the_witness_for_its_copy(grown, capsys):
    keys = {"log_key": str(grown.key.verifier), "witness_key": [str(grown.witness_key.verifier)]}
    call_command("verify_log", **keys, witness_url=grown.witness_url)
    assert "utesluta" not in capsys.readouterr().out
    with grown.owner() as owner:
        for table in ("audit_leaf", "audit_seq", "audit_checkpoint", "audit_cosignature"):
            owner.execute(f"DELETE FROM {table}")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log", **keys, witness_url=grown.witness_url)
    assert ended.value.code == 1
    assert "[truncated]" in capsys.readouterr().out


def test_verify_log_names_the_first_fault_and_ends_with_one(grown, capsys):
    grown.tamper("UPDATE audit_leaf SET role = 'x' WHERE id = (SELECT leaf FROM audit_seq WHERE seq = 1)")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log", log_key=str(grown.key.verifier), witness_key=[], witness_url="")
    assert ended.value.code == 1
    assert (
        "Första felet: plats 1: sökkolumnerna säger något annat än bladet (role)" in capsys.readouterr().out
    )


def test_verify_log_refuses_a_checkpoint_that_nobody_known_has_signed(grown, tmp_path):
    seen = tmp_path / "seen.txt"
    seen.write_text(grown.witness_copy.replace("3\n", "4\n", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="varken signerad"):
        call_command(
            "verify_log", log_key=str(grown.key.verifier), witness_key=[], witness_url="", seen=[seen]
        )


def test_stranger_verifies_an_export_with_one_file_and_one_key(grown, tmp_path):
    exported, alone = tmp_path / "log.jsonl", tmp_path / "elsewhere"
    call_command("export_log", exported, log_key=str(grown.key.verifier), stdout=StringIO())
    alone.mkdir()
    shutil.copy(STANDALONE, alone)
    command = [
        sys.executable,
        "-I",
        "verify_avhopp_log.py",
        str(exported),
        "--log-key",
        str(grown.key.verifier),
    ]

    def verified():
        return subprocess.run(command, cwd=alone, capture_output=True, text=True, timeout=60)

    ended = verified()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Loggen är hel: 3 blad" in ended.stdout
    assert "inget vittne" in ended.stdout
    text = exported.read_text(encoding="utf-8")
    exported.write_text(text.replace("test.happened", "test.hidden", 1), encoding="utf-8")
    ended = verified()
    assert ended.returncode == 1
    assert "[edited] plats 0" in ended.stdout
    lines = text.splitlines(keepends=True)
    exported.write_text("".join(lines[:-1]), encoding="utf-8")
    assert "[cut]" in verified().stdout


def test_export_holds_no_id_of_a_case(running_log, cast, case, tmp_path):
    running_log.grow()
    exported = tmp_path / "log.jsonl"
    call_command("export_log", exported, log_key=str(running_log.key.verifier), stdout=StringIO())
    text = exported.read_text(encoding="utf-8")
    assert '"rows":[[0,"' in text
    assert str(case) not in text
    assert exported.stat().st_mode & 0o777 == 0o600


def test_key_file_is_readable_by_its_owner_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "log.key"
    public = keyfile.create(path=path, name="kommun.example/logg", kind=KeyKind.LOG)
    assert path.stat().st_mode & 0o777 == 0o400
    assert keyfile.read(path=path, kind=KeyKind.LOG).verifier == public
    with pytest.raises(keyfile.KeyFileRefused, match="finns redan"):
        keyfile.create(path=path, name="kommun.example/logg", kind=KeyKind.LOG)
    with pytest.raises(keyfile.KeyFileRefused, match="hör till en logg"):
        keyfile.read(path=path, kind=KeyKind.COSIGNER)
    path.chmod(0o440)
    with pytest.raises(keyfile.KeyFileRefused, match="chmod 400"):
        keyfile.read(path=path, kind=KeyKind.LOG)


def test_web_settings_name_no_signing_key():
    from django.conf import settings

    assert not [name for name in dir(settings) if "SEQUENCER" in name]


def test_mailed_checkpoint_shows_later_that_the_log_was_cut(grown, mailoutbox, tmp_path, capsys):
    call_command("mail_checkpoint", "dataskydd@example.invalid", stdout=StringIO())
    ((name, content, _),) = mailoutbox[0].attachments
    assert name == "kontrollpunkt-1.txt"
    kept = tmp_path / name
    kept.write_text(content, encoding="utf-8")
    given = {"log_key": str(grown.key.verifier), "witness_key": [], "witness_url": "", "seen": [kept]}
    call_command("verify_log", **given)
    with grown.owner() as owner:
        for table in ("audit_leaf", "audit_seq", "audit_checkpoint", "audit_cosignature"):
            owner.execute(f"DELETE FROM {table}")
    with pytest.raises(SystemExit):
        call_command("verify_log", **given)
    assert "[truncated]" in capsys.readouterr().out


@pytest.fixture
def receipts(running_log, tmp_path):
    """What a SIEM has collected: the lines of three leaves among those of other systems."""
    from audit import siem

    path = tmp_path / "siem.ndjson"
    handler = logging.FileHandler(path, encoding="utf-8")
    siem.logger.addHandler(handler)
    running_log.grow()
    siem.logger.removeHandler(handler)
    handler.close()
    kept = path.read_text(encoding="utf-8")
    assert kept.count("\n") == 3
    path.write_text(
        'inte json\n{"event": 3}\n{"event": {"dataset": "nginx.access"}}\n' + kept, encoding="utf-8"
    )
    return path


def verified(running_log, receipts) -> None:
    keys = {"log_key": str(running_log.key.verifier), "witness_key": [], "witness_url": ""}
    call_command("verify_log", **keys, receipts=receipts)


def test_leaves_are_as_the_siem_has_receipts_for(running_log, receipts, capsys):
    verified(running_log, receipts)
    assert "Jämförda kvitton: 3." in capsys.readouterr().out


def test_leaf_that_was_removed_whole_before_it_had_a_place_is_found_by_its_receipt(
    running_log, receipts, capsys
):
    """Gone from table and queue before the sequencer saw it: the tree cannot know, the receipt does."""
    from audit import siem

    handler = logging.FileHandler(receipts, encoding="utf-8")
    siem.logger.addHandler(handler)
    running_log.write(1)
    leaf = Leaf.objects.latest("at").pk
    siem.logger.removeHandler(handler)
    handler.close()
    with running_log.owner() as owner:
        owner.execute("DELETE FROM audit_pending WHERE leaf = %s", [leaf])
        owner.execute("DELETE FROM audit_leaf WHERE id = %s", [leaf])
    assert running_log.report().is_whole
    with pytest.raises(SystemExit):
        verified(running_log, receipts)
    said = capsys.readouterr().out
    assert "[receipt]" in said
    assert str(leaf) in said


def test_file_without_receipts_is_said_to_hold_none(running_log, tmp_path, capsys):
    running_log.grow()
    empty = tmp_path / "tom.ndjson"
    empty.write_text("inget\n", encoding="utf-8")
    verified(running_log, empty)
    assert "inga kvitton" in capsys.readouterr().out

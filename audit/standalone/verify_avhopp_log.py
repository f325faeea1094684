#!/usr/bin/env python3
"""Verifies an exported log of Avhopp. Needs Python 3.11 or later and the package `cryptography`, and nothing else.

    python3 verify_avhopp_log.py LOG.jsonl --log-key 'NAME+ID+KEY' [--witness-key KEY] [--seen CHECKPOINT.txt]

Written from docs/log-format.md and deliberately apart from the program that it judges: it imports nothing of it. Reads
the file once, line by line. Exit code 0 when the log is whole, 1 when it is not, 2 when it cannot be judged.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SLACK = timedelta(minutes=5)
LONGEST_UNWITNESSED = timedelta(minutes=15)
MOST_SHOWN = 20
MOST_KEPT = 1000
SENTENCES = {
    "edited": "bladets innehåll har ändrats",
    "moved": "bladet har bytt plats med ett annat",
    "payload": "den förseglade detaljen är utbytt",
    "removed": "bladet är borttaget",
    "gap": "platsen i trädet saknas",
    "inserted": "blad har lagts in vid sidan av loggen",
    "replaced": "trädet är inte det som signerades",
    "backdated": "bladets tid stämmer inte med när det fick sin plats",
    "copy": "sökkolumnerna säger något annat än bladet",
    "unreadable": "bladet har ingen känd form",
    "unsigned": "blad står efter den sista signerade kontrollpunkten",
    "checkpoint": "kontrollpunkten är inte giltigt signerad",
    "checkpoint_gone": "kontrollpunkten saknas",
    "cosignature": "vittnets underskrift är inte giltig",
    "unwitnessed": "vittnet har inte medsignerat bladet, fast det borde ha gjort det",
    "truncated": "blad som har funnits är borta; någon utanför har sett fler än så här",
    "forked": "någon utanför har sett en annan logg än den här",
    "row_changed": "raden är inte den som loggen senast såg skrivas",
    "row_gone": "raden är borta utan att loggen vet om det",
    "row_unknown": "rader finns utan att loggen vet om det",
    "cut": "filen är avklippt eller ändrad",
}


class CannotJudge(Exception):
    """The input is not what it should be; the text says what."""


class Key:
    """A public key in the form NAME+ID+BASE64; kind 1 is a log's, kind 4 a witness's."""

    def __init__(self, text: str) -> None:
        name, _, rest = text.strip().partition("+")
        digits, _, encoded = rest.partition("+")
        raw = unbase64(encoded)
        if raw is None or len(raw) != 33 or raw[0] not in (1, 4):
            raise CannotJudge("Nyckeln har inte formen NAMN+ID+NYCKEL.")
        self.name, self.kind, self._public = name, raw[0], raw[1:]
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if self.id.hex() != digits:
            raise CannotJudge("Nyckelns id stämmer inte. Kopiera hela nyckeln.")

    def holds(self, text: str, line: str) -> datetime | bool | None:
        """None when the line is not this key's, False when it does not hold; else True, or a witness's time."""
        mark, name, encoded = [*line.rstrip("\n").split(" "), "", ""][:3]
        raw = unbase64(encoded)
        if mark != "\u2014" or name != self.name or raw is None or raw[:4] != self.id:
            return None
        signature, message, seconds = raw[4:], text.encode(), 0
        if self.kind == 4:
            seconds, signature = int.from_bytes(raw[4:12], "big"), raw[12:]
            message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
        try:
            Ed25519PublicKey.from_public_bytes(self._public).verify(signature, message)
            return True if self.kind == 1 else datetime.fromtimestamp(seconds, UTC)
        except (InvalidSignature, OverflowError, ValueError):
            return False


class Tree:
    """A growing tree (RFC 9162 §2.1.1): a stack of whole subtrees, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._stack: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        self._stack.append(leaf)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(hashlib.sha256(b"\x01" + left + right).digest())
            rest //= 2

    def root(self) -> bytes:
        if not self._stack:
            return hashlib.sha256(b"").digest()
        root = self._stack[-1]
        for left in reversed(self._stack[:-1]):
            root = hashlib.sha256(b"\x01" + left + root).digest()
        return root


class Head:
    """A checkpoint taken apart."""

    def __init__(self, raw: str) -> None:
        self.text, separator, tail = raw.rpartition("\n\n")
        self.text += "\n"
        self.lines = [f"{line}\n" for line in tail.split("\n") if line]
        body = self.text.split("\n")
        root = unbase64(body[2]) if len(body) > 3 else None
        if not separator or root is None or not re.fullmatch(r"0|[1-9][0-9]{0,18}", body[1]):
            raise ValueError("not a checkpoint")
        self.origin, self.size, self.root = body[0], int(body[1]), root
        self.extra = dict(line.partition(" ")[::2] for line in body[3:-1])


class Verifier:
    """One pass over the lines of an export."""

    def __init__(self, log: Key, witnesses: list[Key], seen: list[Head]) -> None:
        self.log, self.witnesses = log, witnesses
        self.seen = sorted(seen, key=lambda head: head.size)
        self.tree = Tree()
        self.faults: list[tuple[int | None, str, str]] = []
        self.count = 0
        self.beyond = ""
        self.kinds: dict[str, str] = {}
        self.signed = self.witnessed = self.number = 0
        self.torn = False
        self.edited: dict[bytes, int] = {}
        self.unwitnessed_at, self.first_at, self.exported = "", "", ""
        self.founded = 0
        self.end: dict[str, Any] | None = None
        self.times: list[tuple[int, str]] = []

    def fault(self, kind: str, entry: int | None = None, about: str = "") -> None:
        self.count += 1
        if len(self.faults) < MOST_KEPT:
            self.faults.append((entry, kind, about))

    def moved(self, line: dict[str, Any]) -> None:
        """Second reading, only when leaves were changed: a leaf whose hash stands elsewhere was moved from there."""
        place = self.edited.get(bytes.fromhex(line["hash"])) if line["type"] == "entry" else None
        if place is not None:
            self.faults.remove((place, "edited", ""))
            self.faults.append((place, "moved", f"hör till plats {line['seq']}"))

    def take(self, line: dict[str, Any]) -> None:
        kind = line["type"]
        if self.end is not None:
            self.fault("cut", None, "rader efter slutet")
        elif kind == "entry":
            self.entry(line)
        elif kind == "checkpoint":
            self.checkpoint(line)
        elif kind == "beside":
            self.fault("inserted", None, line["leaf"])
        elif kind == "unknown_rows":
            self.fault("row_unknown", None, f"{line['count']} i {line['table']}")
        elif kind == "log":
            self.exported, self.kinds = line["exported"], line["kinds"]
            if line["format"] != 1 or line["origin"] != self.log.name:
                raise CannotJudge("Filen har ett annat format eller hör till en annan logg än nyckeln.")
        elif kind == "end":
            self.end = line

    def entry(self, line: dict[str, Any]) -> None:
        seq, stored = line["seq"], bytes.fromhex(line["hash"])
        # A leaf after a checkpoint that is too large tells of a gap instead of an end.
        self.beyond = ""
        if seq != self.tree.size:
            self.fault("gap", self.tree.size, f"till {seq - 1}")
            self.torn = True
            for _ in range(min(seq - self.tree.size, 100_000)):
                self.tree.append(b"\0" * 32)
        self.tree.append(stored)
        self.compare_seen()
        body = line["body"].encode() if "body" in line else unbase64(line.get("body_base64", "-"))
        if body is None:
            self.fault("removed", seq)
            return
        digest = hashlib.sha256(b"\x00" + body).digest()
        if digest != stored:
            self.fault("edited", seq)
            if len(self.edited) < MOST_KEPT:
                self.edited[digest] = seq
        try:
            leaf = json.loads(body)
            self.look_at(seq, leaf, line)
        except (ValueError, KeyError, TypeError, IndexError):
            self.fault("unreadable", seq)

    def look_at(self, seq: int, leaf: dict[str, Any], line: dict[str, Any]) -> None:
        canonical = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if canonical != line.get("body") or leaf["v"] != 1:
            self.fault("unreadable", seq)
        columns = {name: value for name, value in line["columns"].items() if name != "kind"}
        wrong = [name for name, value in columns.items() if leaf[name] != value]
        if self.kinds.get(leaf["event"], line["columns"]["kind"]) != line["columns"]["kind"]:
            wrong.append("kind")
        if "payload" in wrong:
            self.fault("payload", seq)
            wrong.remove("payload")
        if wrong:
            self.fault("copy", seq, ", ".join(wrong))
        self.times.append((seq, leaf["time"]))
        self.first_at = self.first_at or leaf["time"]
        self.unwitnessed_at = self.unwitnessed_at or leaf["time"]
        for position, digest in line.get("rows", []):
            if digest is None:
                self.fault("row_gone", seq)
            elif digest != leaf["subjects"][position]["digest"]:
                self.fault("row_changed", seq)

    def compare_seen(self) -> None:
        while self.seen and self.seen[0].size <= self.tree.size:
            head = self.seen.pop(0)
            if head.size == self.tree.size and head.root != self.tree.root() and not self.torn:
                self.fault("forked", None, f"bland de första {head.size} bladen")

    def checkpoint(self, line: dict[str, Any]) -> None:
        for missing in range(self.number + 1, min(line["number"], self.number + 100)):
            self.fault("checkpoint_gone", self.signed, f"nr {missing}")
        self.number = line["number"]
        try:
            head = Head(line["note"])
            at, quiet = moment(head.extra["time"]), head.extra["quiet"]
            earliest = None if quiet == "never" else moment(quiet) - SLACK
            is_ours = any(self.log.holds(head.text, each) is True for each in head.lines)
            is_right = head.origin == self.log.name and head.extra["number"] == str(self.number)
        except (ValueError, KeyError):
            is_ours = is_right = False
        if not is_ours or not is_right or head.size <= self.signed:
            self.fault("checkpoint", self.signed, f"nr {self.number}")
            return
        if head.size > self.tree.size:
            self.beyond = f"{head.size} blad har signerats"
        elif head.root != self.tree.root() and not self.torn:
            self.fault("replaced", self.signed, f"plats {self.signed} till {head.size - 1}, nr {self.number}")
            self.torn = True
        for seq, time in self.times:
            when = moment(time)
            if when > at + SLACK or (earliest is not None and when < earliest):
                self.fault("backdated", seq, time)
        self.times.clear()
        self.founded = head.size if earliest is None else self.founded
        self.signed = head.size
        self.cosigned(head, line["cosignatures"], at)

    def cosigned(self, head: Head, lines: list[str], at: datetime) -> None:
        answers = [key.holds(head.text, line) for key in self.witnesses for line in lines]
        if False in answers:
            self.fault("cosignature", self.signed, f"nr {self.number}")
        times = [answer for answer in answers if isinstance(answer, datetime)]
        if any(time < at - SLACK for time in times):
            self.fault("checkpoint", self.signed, f"nr {self.number}, tiden")
        if times:
            self.witnessed, self.unwitnessed_at = head.size, ""

    def finish(self) -> None:
        size = self.tree.size
        if self.end is None or (self.end["entries"] > size or self.end["checkpoints"] > self.number):
            self.fault("cut")
        if self.beyond:
            self.fault("removed", size, self.beyond)
        if size > self.signed:
            self.fault("unsigned", self.signed, f"{size - self.signed} blad")
        for head in self.seen:
            self.fault("truncated", size, f"{head.size} blad har signerats, {size} finns")
        if self.witnesses and self.witnessed < size:
            limit = moment(self.exported) - LONGEST_UNWITNESSED
            is_late = self.unwitnessed_at and moment(self.unwitnessed_at) < limit
            if not self.witnessed or is_late:
                self.fault("unwitnessed", self.witnessed)


def unbase64(text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode("ascii") == text else None


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def read_seen(path: Path, keys: list[Key]) -> Head:
    try:
        head = Head(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CannotJudge(f"{path} är ingen kontrollpunkt.") from None
    answers = [key.holds(head.text, line) for key in keys for line in head.lines]
    if head.origin != keys[0].name or not any(answers):
        raise CannotJudge(f"{path} är varken signerad av loggen eller av ett känt vittne.")
    return head


def read(export: Path, verifier: Verifier) -> None:
    with export.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                verifier.take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                verifier.fault("cut", None, f"rad {number}")
        verifier.finish()
        if verifier.edited:
            file.seek(0)
            for line in file:
                verifier.moved(json.loads(line))


def tell(verifier: Verifier, has_seen: bool) -> int:
    say = sys.stdout.write
    if verifier.faults:
        say(f"Loggen är INTE hel. Antal fel: {verifier.count}.\n")
        for entry, kind, about in sorted(verifier.faults, key=lambda f: (f[0] is None, f[0] or 0))[
            :MOST_SHOWN
        ]:
            where = "" if entry is None else f"plats {entry}: "
            say(f"  [{kind}] {where}{SENTENCES[kind]}{f' ({about})' if about else ''}\n")
    else:
        say(f"Loggen är hel: {verifier.tree.size} blad sedan {verifier.first_at or '-'}.\n")
    say(f"Medsignerade blad: {verifier.witnessed}. Rot: {verifier.tree.root().hex()}\n")
    if verifier.founded:
        say(f"Obs: tiderna för de första {verifier.founded} bladen går inte att visa.\n")
    if not verifier.witnesses and not has_seen:
        say("Obs: inget vittne. Den som har haft loggens signeringsnyckel kan ha skrivit om allt. ")
        say("Det går inte att utesluta.\n")
    elif not has_seen:
        say("Obs: att hela loggen har satts tillbaka till en tidigare dag går inte att utesluta. ")
        say("Ge en kontrollpunkt som någon utanför har sparat, med --seen.\n")
    return 1 if verifier.faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Kontrollerar en exporterad åtkomstlogg från Avhopp.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--log-key", required=True, help="loggens offentliga nyckel, NAMN+ID+NYCKEL")
    parser.add_argument("--witness-key", action="append", default=[], help="ett vittnes offentliga nyckel")
    parser.add_argument("--seen", action="append", type=Path, default=[], help="en sparad kontrollpunkt")
    given = parser.parse_args()
    try:
        log, witnesses = Key(given.log_key), [Key(text) for text in given.witness_key]
        verifier = Verifier(log, witnesses, [read_seen(path, [log, *witnesses]) for path in given.seen])
        read(given.export, verifier)
    except CannotJudge as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"Filen går inte att läsa ({error.strerror}).\n")
        return 2
    return tell(verifier, bool(given.seen))


if __name__ == "__main__":
    sys.exit(main())

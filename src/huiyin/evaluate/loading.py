"""The evaluation part of a pack: reasons, numbers, what a caller says. Without an own file, the common one."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from huiyin.evaluate.models import Amount, Reason, Script
from huiyin.evaluate.script import forget_scripts
from huiyin.packs.table import PackError, Row, read_rows, read_text

LINES: Final = ("greeting", "contacted", "solved", "satisfaction", "words", "goodbye", "sms", "date")
_LANGUAGES: Final = ("zh", "en")
_COMMON: Final = Path(__file__).parent.parent / "packs" / "common"
_DAYS: Final = ("valid_from", "valid_to")
# Columns that a file needs, and those it may have.
_AMOUNT: Final = ("name amount valid_from", "valid_to basis")
_REASON: Final = ("code name basis evidence valid_from", "valid_to name_en evidence_en")


@transaction.atomic
def load_evaluation(folder: Path) -> None:
    """Replace what an earlier pack left. Raises `PackError` with every problem found."""
    problems: list[str] = []
    amounts = _rows(_own(folder, "evaluation.csv"), _AMOUNT, _amount, problems)
    reasons = _rows(_own(folder, "exclusions.csv"), _REASON, _reason, problems)
    scripts = _scripts(folder, problems)
    if problems:
        raise PackError(problems)
    kinds: tuple[tuple[type[Model], list[Any]], ...] = ((Amount, amounts), (Reason, reasons), (Script, scripts))
    for model, rows in kinds:
        model._default_manager.all().delete()
        model._default_manager.bulk_create(rows)
    forget_scripts()


def _own(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else _COMMON / name


def _rows(path: Path, columns: tuple[str, str], build: Callable[[Row], Any], problems: list[str]) -> list[Any]:
    needed, optional = columns
    rows = read_rows(path, needed.split(), optional.split(), problems)
    return [build(row) for row in rows or ()]


def _days(row: Row) -> dict[str, Any]:
    row.needed("valid_from")
    return {name: row.day(name) for name in _DAYS}


def _amount(row: Row) -> Amount:
    row.needed("amount")
    amount = row.whole("amount", least=0) or 0
    return Amount(name=row.needed("name"), amount=amount, basis=row.text("basis"), **_days(row))


def _reason(row: Row) -> Reason:
    texts = {name: row.needed(name) for name in ("code", "name", "basis", "evidence")}
    return Reason(**texts, name_en=row.text("name_en"), evidence_en=row.text("evidence_en"), **_days(row))


def _scripts(folder: Path, problems: list[str]) -> list[Script]:
    """A district's own lines; those it does not write are the common ones."""
    common, own = _toml(_COMMON / "callback.toml", problems), {}
    if (folder / "callback.toml").exists():
        own = _toml(folder / "callback.toml", problems)
    found = {language: {**common.get(language, {}), **own.get(language, {})} for language in _LANGUAGES}
    problems += [
        f"callback.toml: [{language}] {name} is not understood; write text with {{district}} {{title}} {{received}} "
        f"{{unit}} {{link}} {{date}} {{reason}} only."
        for language, lines in found.items()
        for name in LINES
        if not _fills(lines.get(name))
    ]
    return [Script(language=language, lines=lines) for language, lines in found.items()]


def _toml(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path, problems) or "")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path.name}: not readable as TOML ({error}); correct that line.")
        return {}


def _fills(line: object) -> bool:
    blanks = dict.fromkeys(("district", "title", "received", "unit", "link", "date", "reason"), "")
    try:
        return isinstance(line, str) and bool(line.format_map(blanks).strip())
    except (KeyError, ValueError, IndexError, AttributeError):
        return False

"""Translations without GNU gettext: compile the catalogues, and list what is still untranslated.

python -m huiyin.site.messages            compile every .po under site/locale to .mo
python -m huiyin.site.messages missing    print the msgids that have no Chinese, with a place each is used, and those
                                          that have it twice: one would be shown where the other is meant
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = Path(__file__).resolve().parent / "locale"
CHINESE: Final = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
_LITERAL: Final = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL: Final = re.compile(rf"(?<![a-z_])(n?p?gettext|_)\({_LITERAL}(?:, {_LITERAL})?(?:, {_LITERAL})?")


class Message(NamedTuple):
    msgid: str
    plural: str = ""
    context: str = ""


def compile_all() -> list[Path]:
    catalogues = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    for path in catalogues:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return catalogues


def _message(name: str, words: list[str]) -> Message:
    """The words of a gettext call, in the order context, msgid, plural."""
    context = words.pop(0) if name in {"pgettext", "npgettext"} else ""
    return Message(words[0], words[1] if name in {"ngettext", "npgettext"} else "", context)


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = str(getattr(node.func, "id", getattr(node.func, "attr", ""))).removesuffix("_lazy").removesuffix("_noop")
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in {"_", "gettext", "ngettext", "pgettext", "npgettext"} and words:
            yield _message(name, words)


def in_template(source: str) -> Iterator[Message]:
    for name, *words in _CALL.findall(templatize(source)):
        yield _message(name, [ast.literal_eval(word) for word in words if word])


def used(package: Path = PACKAGE) -> dict[Message, Path]:
    """Every message in the product's Python and templates → one file that uses it."""
    found: dict[Message, Path] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("templates/**/*.html")]):
        read = in_python if path.suffix == ".py" else in_template
        for message in read(path.read_text("utf-8")):
            found.setdefault(message, path.relative_to(package))
    return found


def missing() -> dict[Message, Path]:
    translated = {
        Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "")
        for entry in polib.pofile(str(CHINESE))
        if entry.translated() and not entry.fuzzy and not entry.obsolete
    }
    return {message: path for message, path in used().items() if message not in translated}


def twice() -> list[str]:
    counted = Counter((entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CHINESE)) if not entry.obsolete)
    return [msgid for (_context, msgid), times in counted.items() if times > 1]


def main() -> None:
    if sys.argv[1:] == ["missing"]:
        lines = [f"{path}: {message.msgid!r}" for message, path in missing().items()]
        lines += [f"twice: {msgid!r}" for msgid in twice()]
    else:
        lines = [f"Compiled {path.relative_to(PACKAGE)}" for path in compile_all()]
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()

"""An uploaded template is opened, looked through and filled once before it is kept."""

from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 a class by its name

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree  # type: ignore[import-untyped]  # ships no py.typed

from huiyin.bulletins.filling import sample
from huiyin.bulletins.sandbox import Unfit

MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_UNPACKED: Final = 16 * 1024 * 1024
_MOST_PARTS: Final = 300
_PROGRAMS: Final = ("vbaproject", "vbadata", "activex", "oleobject")
_HYPERLINK: Final = "/hyperlink"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# What parts that are torn, locked or of another kind make the readers say.
_BROKEN: Final = (
    BadZipFile, BadStream, PackageNotFoundError, KeyError, AttributeError, TypeError, etree.XMLSyntaxError,
    RuntimeError, EOFError, OSError,
)  # fmt: skip
# Nested beyond reason, a template exhausts the stack of the parser or of the compiler.
_UNFILLED: Final = (KeyError, ValueError, TypeError, AttributeError, RecursionError, SyntaxError, MemoryError)


def require_sound(name: str, body: bytes) -> None:
    """Raises `Unfit` with a sentence that says what to do next."""
    if name.lower().endswith((".docm", ".dotm")):
        raise _programs()
    if not name.lower().endswith(".docx"):
        raise Unfit(_("Upload a Word file that ends in .docx."))
    if len(body) > MOST_BYTES:
        raise Unfit(_("The file is larger than 2 MB. Take pictures out of it, or make them smaller."))
    _look_through(body)
    _fill(body)


def _look_through(body: bytes) -> None:
    try:
        with ZipFile(BytesIO(body)) as pack:
            _require_modest(pack)
            _require_harmless(pack)
        Document(BytesIO(body))
    except _BROKEN as error:
        raise _broken() from error
    except ValueError as error:
        raise error if isinstance(error, Unfit) else _broken() from error


def _require_modest(pack: ZipFile) -> None:
    parts = pack.infolist()
    if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _MOST_UNPACKED:
        raise Unfit(_("Unpacked, the file is too large. Save it anew in Word, without pictures."))


def _require_harmless(pack: ZipFile) -> None:
    names = [one.lower() for one in pack.namelist()]
    if any(word in name for name in names for word in _PROGRAMS) or b"macroEnabled" in pack.read("[Content_Types].xml"):
        raise _programs()
    relations = (pack.read(name) for name in pack.namelist() if name.endswith(".rels"))
    if any(_fetches(one) for one in relations):
        raise Unfit(_("The file fetches something from elsewhere (a linked picture or template). Embed it instead."))


def _fetches(relations: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found: Iterable[etree._Element] = etree.fromstring(relations, parser).iter(_RELATION)
    outside = [one for one in found if one.get("TargetMode") == "External"]
    return any(not one.get("Type", "").endswith(_HYPERLINK) for one in outside)


def _fill(body: bytes) -> None:
    try:
        Document(BytesIO(sample(body)))
    except Unfit:
        raise
    except TemplateSyntaxError as error:
        told = {"what": error.message or ""}
        raise Unfit(
            _("A field or a loop is not written as it should be: %(what)s. Compare it with the list of fields.") % told
        ) from error
    except (TemplateError, etree.XMLSyntaxError, *_UNFILLED) as error:
        raise Unfit(
            _("The template cannot be filled. Download the house's own, and change it step by step.")
        ) from error


def _programs() -> Unfit:
    return Unfit(_("The file holds macros or other programs. Save it in Word as .docx without them."))


def _broken() -> Unfit:
    return Unfit(_("This is no Word file that can be opened. Open it in Word, save it as .docx and upload it again."))

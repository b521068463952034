"""What a template of an office may do: name known fields, walk over known lists, ask whether something is there.

No calls, no arithmetic, no names that begin with an underscore, and no more text than a long paper has.
"""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from huiyin.bulletins.fields import FIELDS, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
_FILTERS: Final = ("default", "first", "last", "length", "lower", "upper")
_DEEPEST: Final = 2
_MOST_CHARACTERS: Final = 20_000_000


class Unfit(ValueError):  # noqa: N818 a sentence for whoever uploads
    """A template that cannot be used, and why."""


class Office(SandboxedEnvironment):
    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _require_plain(tree)
        _require_known(tree)
        return tree

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        return "".join(_counted(pieces))


def _counted(pieces: Iterable[str]) -> Iterator[str]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > _MOST_CHARACTERS:
            raise Unfit(_("The template makes a paper of unreasonable length. Take loops out of it."))
        yield piece


def _require_plain(tree: nodes.Node, deep: int = 0) -> None:
    """Loops in loops as deep as sections and their lines, no deeper."""
    if not isinstance(tree, _ALLOWED):
        told = {"what": type(tree).__name__.lower()}
        raise Unfit(_("A template may name fields, loop and ask if; “%(what)s” is not allowed. Take it out.") % told)
    if isinstance(tree, nodes.Getattr) and tree.attr.startswith("_"):
        raise Unfit(_("A field may not begin with an underscore: %(name)s. Take it out.") % {"name": tree.attr})
    deep += isinstance(tree, nodes.For)
    if deep > _DEEPEST:
        raise Unfit(_("A loop stands in a loop in a loop; two are the most. Take one out."))
    for child in tree.iter_child_nodes():
        _require_plain(child, deep)
    if isinstance(tree, nodes.For) and (tree.recursive or not isinstance(tree.iter, nodes.Name | nodes.Getattr)):
        raise Unfit(_("A loop walks over a list of the list of fields, over nothing else. Take it out."))


def _require_known(tree: nodes.Template) -> None:
    unknown = [*sorted(find_undeclared_variables(tree) - FIELDS.keys() - LISTS.keys()), *_members(tree)]
    if unknown:
        raise Unfit(" ".join(_unknown(name) for name in unknown))


def _members(tree: nodes.Node, lists: Mapping[str, Mapping[str, Any]] = MappingProxyType({})) -> Iterator[str]:
    """Names after a dot that the members of a list do not have: "section.headng". A loop's name holds within it."""
    if isinstance(tree, nodes.For) and isinstance(tree.target, nodes.Name) and isinstance(tree.iter, nodes.Name):
        lists = {**lists, tree.target.name: LISTS.get(tree.iter.name, {})}
    if isinstance(tree, nodes.Getattr) and isinstance(tree.node, nodes.Name):
        name = tree.node.name
        if tree.attr not in lists.get(name, (tree.attr,)):
            yield f"{name}.{tree.attr}"
    for child in tree.iter_child_nodes():
        yield from _members(child, lists)


def _unknown(name: str) -> str:
    start, dot, last = name.rpartition(".")
    known = {field for fields in LISTS.values() for field in fields} if dot else FIELDS.keys() | LISTS.keys()
    near = get_close_matches(last, sorted(known), n=1, cutoff=0.5)
    if not near:
        return _("Unknown field {{ %(name)s }}: it is not in the list of fields.") % {"name": name}
    told = {"name": name, "near": f"{start}{dot}{near[0]}"}
    return _("Unknown field {{ %(name)s }}: did you mean %(near)s?") % told

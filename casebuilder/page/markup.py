"""HTML from parts: the only place where a text becomes markup, and there it is escaped."""

from __future__ import annotations

from html import escape
from typing import NewType

#: A piece of finished markup; a plain text is none before `text` has escaped it.
Node = NewType("Node", str)

#: Elements without content; closed with a slash, so that any XML parser can judge the document.
EMPTY = frozenset({"meta", "br"})


def text(words: str) -> Node:
    """A text as it is read, whatever signs it holds; line ends are kept."""
    lines = [escape(line, quote=True) for line in words.splitlines()]
    return Node("<br/>".join(lines))


def element(name: str, /, *inside: Node, **attributes: str) -> Node:
    """An element with its content; `class_` and `http_equiv` stand for attributes that Python cannot spell."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
    )
    if name in EMPTY:
        return Node(f"<{name}{said}/>")
    return Node(f"<{name}{said}>{''.join(inside)}</{name}>")

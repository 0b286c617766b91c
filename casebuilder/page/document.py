"""A whole document around its content: it may use its own style, and nothing else at all."""

from __future__ import annotations

from casebuilder.page.markup import Node, element
from casebuilder.page.sheet import policy

LANGUAGE = "en"


def document(title: Node, look: Node, *inside: Node, **body: str) -> bytes:
    """A UTF-8 HTML document without scripts and requests; `body` are attributes of its body."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy(look)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", look),
    )
    whole = element("html", head, element("body", *inside, **body), lang=LANGUAGE)
    return f"<!DOCTYPE html>\n{whole}\n".encode()

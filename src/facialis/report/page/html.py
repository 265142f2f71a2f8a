"""Small pieces of HTML that every section of a page is made of."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""The page loads nothing and runs nothing."""


def page_html(title: str, body: str) -> str:
    """Wrap a page; its style is in it."""
    style = (resources.files("facialis.report.page") / "style.css").read_text("utf-8")
    return (
        "<!DOCTYPE html>\n<html lang='en-GB'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<meta http-equiv='Content-Security-Policy' content=\"{POLICY}\">"
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )


def section(anchor: str, title: str, lead: str, *parts: str) -> str:
    """A part of the page with its heading, and one paragraph that says what is seen."""
    paragraph = f"<p>{escape(lead)}</p>" if lead else ""
    return (
        f"<section id='{anchor}' aria-labelledby='{anchor}-h'><h2 id='{anchor}-h'>{escape(title)}</h2>"
        f"{paragraph}{''.join(parts)}</section>"
    )


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = "", is_wide: bool = False
) -> str:
    """A table whose first column names the row; cells are HTML already, heads are words."""
    heads = "".join(f"<th scope='col'>{escape(word)}</th>" for word in head)
    body = "".join(
        f"<tr><th scope='row'>{first}</th>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>"
        for first, *rest in rows
    )
    name = f" class='{kind}'" if kind else ""
    found = (
        f"<table{name}><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
    # A region that scrolls sideways can be reached by keyboard.
    region = f"<div class='wide' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
    return f"{region}{found}</div>" if is_wide else found


def details(summary: str, content: str) -> str:
    """What opens on demand."""
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def chart(svg: str, words: str, *, kind: str = "chart") -> str:
    """A picture whose words are said to those who do not see it."""
    return f"<div class='{kind}' role='img' aria-label='{escape(words, quote=True)}'>{svg}</div>"


def picture(jpeg: bytes, alt: str, title: str = "", note: str = "") -> str:
    """A photograph with its caption."""
    data = base64.b64encode(jpeg).decode("ascii")
    image = f"<img src='data:image/jpeg;base64,{data}' alt='{escape(alt, quote=True)}'>"
    if not title and not note:
        return f"<figure>{image}</figure>"
    return f"<figure>{image}<figcaption><strong>{escape(title)}</strong> {escape(note)}</figcaption></figure>"

"""The expression of a photograph: from a manifest, else from its file name."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from facialis.anatomy.expressions import Expression
from facialis.errors import FacialisError

MAX_MANIFEST_BYTES = 1_000_000
"""A manifest names some photographs; a larger file is a mistake."""

_ALLOWED = "Allowed are: " + ", ".join(Expression) + "."


class ManifestError(FacialisError):
    """A manifest of expressions that cannot be followed."""

    code = "wrong_manifest"


def expression_from_name(name: str) -> Expression | None:
    """The expression that a file name states, or None.

    Case, hyphens, spaces and numbers before or after do not matter: ``rest.jpg``,
    ``open_smile_2.png``, ``03 Open-Smile (1).JPG``. Any other word makes it unspecified, because
    a guess would be compared with the wrong photograph.

    Examples
    --------
    >>> expression_from_name("open-smile (1).jpg")
    <Expression.OPEN_SMILE: 'open_smile'>
    >>> expression_from_name("forest.jpg") is None
    True
    """
    stem = unicodedata.normalize("NFC", PurePosixPath(name).stem).casefold()
    words = [word for word in re.split(r"[\s_\-.()\[\]]+", stem) if word]
    while words and words[0].isdecimal():
        words.pop(0)
    while words and words[-1].isdecimal():
        words.pop()
    if words:
        # "rest2" is as common as "rest_2"; no expression ends in a digit.
        words[-1] = words[-1].rstrip("0123456789") or words[-1]
    candidate = "_".join(words)
    return Expression(candidate) if candidate in set(Expression) else None


def read_manifest(path: Path) -> dict[str, Expression]:
    """Read a manifest: a JSON object from file name to expression.

    Raises
    ------
    ManifestError   The file is missing, is no such object, repeats a name, or names an unknown expression.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ManifestError(
            f"The manifest '{path.name}' cannot be read ({error.strerror}). Check its path."
        ) from error
    if len(raw) > MAX_MANIFEST_BYTES:
        raise ManifestError(
            f"The manifest '{path.name}' has {len(raw)} bytes. Allowed are {MAX_MANIFEST_BYTES}. "
            "Give the JSON file, not a photograph."
        )
    try:
        document = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ManifestError(
            f"The manifest '{path.name}' is not JSON ({error}). Allowed is an object such as "
            '{"IMG_0001.jpg": "rest"}.'
        ) from error
    if not isinstance(document, dict) or not all(isinstance(value, str) for value in document.values()):
        raise ManifestError(
            f"The manifest '{path.name}' is not an object from file name to expression. Allowed is "
            '{"IMG_0001.jpg": "rest"}.'
        )
    unknown = sorted({value for value in document.values() if value not in set(Expression)})
    if unknown:
        raise ManifestError(
            f"The manifest '{path.name}' names the unknown expression {', '.join(map(repr, unknown))}. "
            f"{_ALLOWED}"
        )
    return {name: Expression(value) for name, value in document.items()}


def match_manifest(manifest: Mapping[str, Expression], names: Sequence[str]) -> dict[str, Expression]:
    """Give each name of the input its expression from the manifest.

    Parameters
    ----------
    manifest : mapping      File name to expression.
    names : sequence        Names of the input, each a file name with or without folders before it.

    Raises
    ------
    ManifestError           A file of the manifest is not in the input, or stands for several of it.
    """
    matched: dict[str, Expression] = {}
    for key, expression in manifest.items():
        wanted = unicodedata.normalize("NFC", key)
        fits = [name for name in names if unicodedata.normalize("NFC", name) == wanted] or [
            name for name in names if unicodedata.normalize("NFC", PurePosixPath(name).name) == wanted
        ]
        if len(fits) != 1:
            found = "none of the photographs" if not fits else f"{len(fits)} photographs ({', '.join(fits)})"
            raise ManifestError(
                f"'{key}' in the manifest stands for {found}. The photographs are: {', '.join(names)}. "
                "Name each exactly once."
            )
        matched[fits[0]] = expression
    return matched


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ManifestError(f"The manifest names '{name}' more than once. Name each photograph once.")
    return dict(pairs)

"""Which photographs a person meant: files and folders, in a natural order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from facialis.anatomy.expressions import Expression
from facialis.errors import FacialisError
from facialis.vision.files.expression_names import expression_from_name, match_manifest
from facialis.vision.files.kinds import EXTENSIONS, REFUSED_EXTENSIONS
from facialis.vision.files.photo import PhotoError


class InputError(FacialisError):
    """What was asked for cannot be meant: a missing path, or nothing at all."""

    code = "wrong_input"


@dataclass(frozen=True)
class InputFile:
    """One photograph to be read, or a place in the input that is already known to fail."""

    path: Path
    file: str
    expression: Expression | None = None
    refusal: PhotoError | None = None


def expand_inputs(paths: Sequence[Path], manifest: Mapping[str, Expression] | None = None) -> list[InputFile]:
    """List the photographs behind files and folders.

    A folder gives the pictures that lie directly in it (not those of its sub-folders, nor hidden
    files), sorted as people count: `smile_2` before `smile_10`. A file that is named twice is read once.

    Parameters
    ----------
    paths : sequence of Path    Files and folders, in the order in which results are wanted.
    manifest : mapping          File name to expression; it wins over the expression in a file's name.

    Raises
    ------
    InputError                  A path does not exist.
    ManifestError               The manifest speaks of a file that is not in the input.
    """
    missing = [path for path in paths if not _is_there(path)]
    if missing:
        listed = ", ".join(f"'{path}'" for path in missing)
        raise InputError(f"There is no {listed}. Give files or folders that exist; check the spelling.")
    found: list[tuple[Path, PhotoError | None]] = []
    for path in paths:
        found += _listed(path)
    unique = list({str(path): (path, refusal) for path, refusal in found}.values())
    names = _short_names([path for path, _ in unique])
    declared = match_manifest(manifest or {}, names)
    return [
        InputFile(path, name, declared.get(name, expression_from_name(path.name)), refusal)
        for (path, refusal), name in zip(unique, names, strict=True)
    ]


def _is_there(path: Path) -> bool:
    """A loop of links or a locked folder is there: reading it gives the better sentence."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _listed(path: Path) -> list[tuple[Path, PhotoError | None]]:
    try:
        if not path.is_dir():
            return [(path, None)]
        entries = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
    except PermissionError:
        return [
            (
                path,
                PhotoError(
                    f"The folder '{path.name}' may not be read: its permissions forbid it to this user. "
                    "Allow reading "
                    "(chmod u+rx on Linux and macOS) or copy the photographs.",
                    code="permission_denied",
                ),
            )
        ]
    except OSError:
        return [(path, None)]
    known = EXTENSIONS.keys() | REFUSED_EXTENSIONS
    pictures = [entry for entry in entries if entry.suffix.lower() in known and not entry.is_dir()]
    if not pictures:
        name = path.name or str(path)
        return [
            (
                path,
                PhotoError(
                    f"The folder '{name}' has no photographs directly in it ({len(entries)} other "
                    "entries). Looked "
                    f"for: {', '.join(sorted(EXTENSIONS))}; sub-folders are not searched. Give the folder "
                    "that holds "
                    "the photographs.",
                    code="no_photographs",
                ),
            )
        ]
    return [(entry, None) for entry in sorted(pictures, key=lambda entry: natural_key(entry.name))]


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorting key in which numbers count as numbers and case does not matter."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return (*((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts), (2, 0, name))


def _short_names(paths: Sequence[Path]) -> list[str]:
    """The file name alone, or with as many folders before it as tell equal names apart.

    Folder names stay out where they can: they often hold the name of a patient.
    """
    names = [path.name or str(path) for path in paths]
    parts = [path.absolute().parts for path in paths]
    depth = 1
    while max(Counter(names).values(), default=1) > 1:
        repeated = {name for name, count in Counter(names).items() if count > 1}
        depth += 1
        names = [
            "/".join(own[-depth:]) if name in repeated else name
            for name, own in zip(names, parts, strict=True)
        ]
        if depth > max(len(own) for own in parts):
            break
    return names

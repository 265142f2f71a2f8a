"""Every cited table of the software, wherever its room keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from facialis.evidence.errors import UnknownReferenceError
from facialis.evidence.row import Row
from facialis.evidence.table import RowTable, load_rows

ROOT = "facialis"


@dataclass(frozen=True)
class TableAddress:
    """Where a table lies."""

    room: str
    package: str
    stem: str

    @property
    def name(self) -> str:
        """How people call it: `room/table`."""
        return f"{self.room}/{self.stem}"

    def load(self) -> RowTable:
        """The table itself."""
        return load_rows(self.package, self.stem)


@dataclass(frozen=True)
class FoundRow:
    """A row and the table it stands in."""

    address: TableAddress
    row: Row

    @property
    def key(self) -> str:
        """Name of the row within its table."""
        return self.address.load().key_of(self.row)


@cache
def tables() -> Mapping[str, TableAddress]:
    """Every table by its name, sorted: a CSV file with a passport of the same name beside it."""
    found = sorted(_addresses(files(ROOT), ROOT), key=lambda address: address.name)
    return MappingProxyType({address.name: address for address in found})


def rows_of_table(name: str) -> tuple[FoundRow, ...]:
    """All rows of one table; raises `UnknownReferenceError` where there is no such table."""
    try:
        address = tables()[name]
    except KeyError:
        raise UnknownReferenceError(
            f"There is no table '{name}'. `facialis cite` lists every table."
        ) from None
    return tuple(FoundRow(address, row) for row in address.load().rows)


def all_rows() -> Iterator[FoundRow]:
    """Every row of every table."""
    for name in tables():
        yield from rows_of_table(name)


def rows_of_source(key: str) -> tuple[FoundRow, ...]:
    """Every row that rests on a source."""
    return tuple(found for found in all_rows() if found.row.citation.source_key == key)


def rows_named(name: str) -> tuple[FoundRow, ...]:
    """Rows whose key, or one cell of whose key, is a name: `iris_diameter`, `frontalis`."""
    if not name:  # an empty cell of a key is no name
        return ()
    return tuple(found for found in all_rows() if name == found.key or name in found.key.split("/"))


def _addresses(folder: Traversable, package: str) -> Iterator[TableAddress]:
    names = {entry.name for entry in folder.iterdir()}
    for entry in folder.iterdir():
        stem = entry.name.removesuffix(".csv")
        if entry.is_dir() and entry.joinpath("__init__.py").is_file():
            yield from _addresses(entry, f"{package}.{entry.name}")
        elif stem != entry.name and f"{stem}.toml" in names:
            yield TableAddress(package.split(".")[1], package, stem)

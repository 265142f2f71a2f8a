"""Places on the mesh as tables write them."""

from facialis.anatomy.mesh.barycentric import BarycentricPoint, PlaceError
from facialis.evidence import Row


def place_of(row: Row) -> BarycentricPoint:
    """Read the columns `corner_a` to `weight_c` of a row; raises `EvidenceError` naming its line."""
    cells = [row.text(f"{kind}_{letter}") for kind in ("corner", "weight") for letter in "abc"]
    return _place(row, cells)


def path_of(row: Row) -> tuple[BarycentricPoint, ...]:
    """Read the column `path` of a row, places from first to last; raises `EvidenceError`."""
    return tuple(_place(row, word.split()) for word in row.words("path"))


def _place(row: Row, cells: list[str]) -> BarycentricPoint:
    try:
        a, b, c = (int(cell) for cell in cells[:3])
        u, v, w = (float(cell) for cell in cells[3:])
        return BarycentricPoint((a, b, c), (u, v, w))
    except ValueError as error:
        raise row.error(
            f"'{' '.join(cells)}' is no place on the mesh. A place is three mesh points and three weights."
        ) from error
    except PlaceError as error:
        raise row.error(str(error)) from error

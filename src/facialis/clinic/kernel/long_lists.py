"""Lists that may grow without end: counted and paged as far as a person would follow them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

COUNTED = 1_000
"""Beyond it the exact number changes nothing for who reads it, and counting would cost more than the page."""


def counted(rows: QuerySet[Any]) -> int:
    """Number of rows; `COUNTED` + 1 where there are more than `COUNTED`."""
    return rows.order_by()[: COUNTED + 1].count()


class FirstPages(Paginator[Any]):
    """Pages of the first `COUNTED` rows."""

    def __init__(self, rows: QuerySet[Any], per_page: int) -> None:
        super().__init__(rows[:COUNTED], per_page)
        found = counted(rows)
        self.is_cut = found > COUNTED
        self.count = min(found, COUNTED)

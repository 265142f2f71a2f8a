"""Rows that the database itself refuses to change or delete."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION facialis_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%: rows are never changed', TG_TABLE_NAME; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} FOR EACH ROW {when}
EXECUTE FUNCTION facialis_refuse()
"""


def refuse_changes(table: str, *, once: str = "", columns: Sequence[str] = ()) -> RunPython:
    """Migration that makes rows of a table immutable.

    Parameters
    ----------
    table : str         Name in the database.
    once : str          SQL condition on OLD from which on a row is immutable; empty: always.
    columns : sequence  Those that may not change then; empty: none may.
    """
    return RunPython(_forwards(table, once, columns), _backwards(table))


def _forwards(
    table: str, once: str, columns: Sequence[str]
) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def make(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
        is_postgres = editor.connection.vendor == "postgresql"
        if is_postgres:
            editor.execute(_POSTGRES_FUNCTION, params=None)  # its % is PostgreSQL's own
        template = _POSTGRES if is_postgres else _SQLITE
        differs = "IS DISTINCT FROM" if is_postgres else "IS NOT"
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
        conditions = {"UPDATE": [once, f"({changed})" if changed else ""], "DELETE": [once]}
        for event, parts in conditions.items():
            condition = " AND ".join(part for part in parts if part)
            clause = f"WHEN ({condition})" if condition else ""
            editor.execute(template.format(table=table, event=event, when=clause))

    return make


def _backwards(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def undo(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for event in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER {table}_no_{event}{on}")

    return undo

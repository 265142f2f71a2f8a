"""`facialis toxin products`: the seven products, or everything about one."""

from typing import Annotated, Any

import typer
from rich.console import Console

from facialis.cli.output import Format, FormatOption, console, emit_json, plain_table
from facialis.cli.toxin.product_view import product_json, product_rows
from facialis.cli.toxin.text import add_rows, units
from facialis.toxins.contents import Allergen
from facialis.toxins.exact import number_text
from facialis.toxins.labels import LabelSite
from facialis.toxins.product_names import product_named
from facialis.toxins.product_record import ProductRecord, product_record
from facialis.toxins.products import ToxinProduct
from facialis.toxins.storage import time_limit

WARNING = "Units of two products are not interchangeable, and nothing here turns one into the other."


def products(
    name: Annotated[
        str | None, typer.Argument(help="Generic, brand or short name; all products by default.")
    ] = None,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """List the seven products, or everything known about one, each number with source and tag."""
    chosen = list(ToxinProduct) if name is None else [product_named(name).product]
    records = [product_record(product) for product in chosen]
    if output_format is Format.JSON:
        found: list[dict[str, Any]] = [product_json(record) for record in records]
        emit_json(found if name is None else found[0])
    elif name is None:
        _print_all(records, console())
    else:
        _print_one(records[0], console())


def _print_all(records: list[ProductRecord], terminal: Console) -> None:
    table = plain_table(
        "Products", "product", "brands", "type", "vials, units", "glabella", "diluted", "holds"
    )
    for column in (0, 4, 5):  # names and tags stay in one piece
        table.columns[column].no_wrap = True
    add_rows(
        table,
        (
            (
                record.product.value,
                ", ".join(record.brands),
                f"{record.serotype}, {record.formulation.value}",
                ", ".join(number_text(size.content.amount) for size in record.vials),
                _glabella(record),
                _with_tag(
                    time_limit(record.product).text, time_limit(record.product).citation.provenance.value
                ),
                ", ".join(a.label for a in Allergen if record.contains(a)) or "neither",
            )
            for record in records
        ),
    )
    terminal.print(table)
    terminal.print()
    terminal.print(
        "glabella: dose on the label. diluted: longest time of use by the label. "
        "holds: human albumin, cow's-milk protein. Every source: facialis toxin products NAME. " + WARNING
    )


def _print_one(record: ProductRecord, terminal: Console) -> None:
    terminal.print(
        add_rows(plain_table(record.product.value, "what", "value", "source"), product_rows(record))
    )
    terminal.print()
    terminal.print(WARNING)


def _glabella(record: ProductRecord) -> str:
    labelled = (dose for dose in record.label_doses if dose.site is LabelSite.GLABELLA)
    texts = (_with_tag(units(dose.total), dose.citation.provenance.value) for dose in labelled if dose.total)
    return next(texts, "none")


def _with_tag(text: str, tag: str) -> str:
    return f"{text}\n[{tag}]"

"""`facialis toxin dilute`: units per 0.1 mL and per mark, volumes of doses, vials and waste."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from facialis.cli.output import Format, FormatOption, console, emit_json
from facialis.cli.toxin.dilution_view import DilutionView, dilution_json, print_dilution
from facialis.toxins.amounts import ToxinDose
from facialis.toxins.dilution import Dilution
from facialis.toxins.dilution import dilute as dilute_vial
from facialis.toxins.procedure_limits import refuse_above_label
from facialis.toxins.product_names import Formulation, ProductName, product_named
from facialis.toxins.session import draw_up
from facialis.toxins.storage import TimeRule
from facialis.toxins.syringes import syringe_named, syringes
from facialis.toxins.vial_use import OpenVial, check_vial, usable_until
from facialis.toxins.vials import ready_vial, vial_size

DATE = ["%Y-%m-%d"]
MINUTE = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def dilute(
    *,
    product: Annotated[str, typer.Option("--product", help="Generic, brand or short name of the product.")],
    vial: Annotated[str, typer.Option("--vial", metavar="UNITS", help="Amount in the vial.")],
    saline: Annotated[
        str, typer.Option("--saline", metavar="ML", help="Saline added; nothing for a ready solution.")
    ] = "0",
    volume: Annotated[
        str | None,
        typer.Option("--volume", metavar="ML", help="Volume printed on a ready vial that no table holds."),
    ] = None,
    dose: Annotated[
        list[str] | None, typer.Option("--dose", metavar="UNITS", help="A dose to draw up; may be repeated.")
    ] = None,
    syringe: Annotated[
        str | None, typer.Option("--syringe", help="Refuse a dose that is not on a mark of this syringe.")
    ] = None,
    expires: Annotated[
        datetime | None, typer.Option("--expires", formats=DATE, help="Last day of use on the box.")
    ] = None,
    diluted_at: Annotated[
        datetime | None,
        typer.Option("--diluted-at", formats=MINUTE, help="When saline was added, local time."),
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option("--at", formats=MINUTE, help="When the vial is used, local time; now by default."),
    ] = None,
    off_label_storage: Annotated[
        bool,
        typer.Option("--off-label-storage", help="Count the time by the consensus instead of the label."),
    ] = False,
    output_format: FormatOption = Format.TABLE,
) -> None:
    """Work out a dilution: units in 0.1 mL and at a mark, volume of each dose, vials and waste.

    Amounts and volumes are exact. A solution that is too weak or too strong, a dose between two marks
    of the chosen syringe and a vial that may no longer be used are refused.
    """
    name = product_named(product)
    dilution = _dilution(name, vial, saline, volume)
    rule = TimeRule.OFF_LABEL if off_label_storage else TimeRule.LABEL
    until = None
    if expires is not None:
        if dilution.saline_ml and diluted_at is None:
            raise typer.BadParameter(
                "--expires needs --diluted-at, the time when saline was added to the vial."
            )
        opened = OpenVial(dilution, expires.date(), diluted_at.astimezone() if diluted_at else None)
        check_vial(opened, (at or datetime.now(UTC)).astimezone(), rule)
        until = usable_until(opened, rule)
    elif diluted_at is not None or at is not None or off_label_storage:
        raise typer.BadParameter("the time of a vial can be checked only with --expires.")
    chosen = syringes() if syringe is None else (syringe_named(syringe),)
    doses = tuple(ToxinDose(amount, name.product) for amount in dose or ())
    for wanted in doses:
        refuse_above_label(wanted)
    if syringe is not None:
        for wanted in doses:
            draw_up(wanted, dilution, chosen[0])
    view = DilutionView(name, dilution, chosen, doses, until, rule)
    if output_format is Format.JSON:
        emit_json(dilution_json(view))
    else:
        print_dilution(view, console())


def _dilution(name: ProductName, vial: str, saline: str, volume: str | None) -> Dilution:
    if volume is None:
        return dilute_vial(vial_size(name.product, vial, name.formulation), saline)
    if name.formulation is Formulation.POWDER:
        raise typer.BadParameter(f"--volume is for a ready solution, and {name.name} is a powder.")
    return dilute_vial(ready_vial(name.product, vial, volume), saline)

"""Nothing in Facialis turns units of one product into units of another."""

import ast
import csv
import dataclasses
import importlib
import inspect
import pkgutil
import re
import tomllib
import typing
from collections.abc import Iterable

import pytest

import facialis.toxins
from facialis.evidence import load_rows
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.toxins.dilution import Dilution, dilute
from facialis.toxins.errors import MixedProductsError
from facialis.toxins.session import Draw, draw_up
from facialis.toxins.syringes import Syringe, syringe_named
from facialis.toxins.vials import VialSize, vial_size

FORBIDDEN_WORDS = {
    "conversion",
    "conversions",
    "convert",
    "converted",
    "converter",
    "equivalence",
    "equivalent",
    "equivalents",
    "equipotent",
    "interchange",
    "potency",
    "ratio",
    "ratios",
}
ONA, ABO = ToxinProduct.ONABOTULINUMTOXIN_A, ToxinProduct.ABOBOTULINUMTOXIN_A


def words(name):
    """Words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def programs(root):
    folders = (root / "src" / "facialis" / "toxins", root / "src" / "facialis" / "cli" / "toxin")
    return [file for folder in folders for file in sorted(folder.rglob("*.py"))]


def names_in(tree):
    for node in ast.walk(tree):
        for field in ("name", "id", "attr", "arg", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name


def modules():
    found = pkgutil.walk_packages(facialis.toxins.__path__, "facialis.toxins.")
    return [importlib.import_module(module.name) for module in found]


def public_callables():
    """Every public function, and every public method of a public class, of the room."""
    for module in modules():
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
                continue
            if inspect.isclass(thing):
                for method_name, method in inspect.getmembers(thing, inspect.isfunction):
                    if not method_name.startswith("_"):
                        yield f"{module.__name__}.{name}.{method_name}", method, thing
            elif callable(thing):
                yield f"{module.__name__}.{name}", inspect.unwrap(thing), None


def mentions(hint, kind):
    return hint is kind or any(mentions(part, kind) for part in typing.get_args(hint))


def signature_of(function):
    hints = typing.get_type_hints(function)
    returned = hints.pop("return", None)
    return hints, returned


CALLABLES = list(public_callables())


def test_no_name_speaks_of_conversion(root):
    for file in programs(root):
        assert not words(file.stem) & FORBIDDEN_WORDS, file
        found = {
            name for name in names_in(ast.parse(file.read_text("utf-8"))) if words(name) & FORBIDDEN_WORDS
        }
        assert found == set(), file


def test_no_table_has_a_column_of_ratios(root):
    folder = root / "src" / "facialis" / "toxins" / "tables"
    tables = sorted(folder.glob("*.csv"))
    assert tables
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert [column for column in header if words(column) & FORBIDDEN_WORDS] == [], table.name
        units = tomllib.loads(table.with_suffix(".toml").read_text("utf-8")).get("units", {})
        assert [unit for unit in units.values() if " per units" in unit or "units/units" in unit] == [], (
            table.name
        )


def test_no_program_reads_the_table_of_ratios_seen_in_studies(root):
    """It may be printed; no program of the room names it, so none calculates with it."""
    tables = {table.stem for table in (root / "src" / "facialis" / "toxins" / "tables").glob("*.csv")}
    unread = {stem for stem in tables if words(stem) & FORBIDDEN_WORDS}
    assert unread == {"ratios_seen_in_studies"}
    for file in programs(root):
        texts = [
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert [text for text in texts if any(stem in text for stem in unread)] == [], file


def test_no_row_names_two_products_beside_its_numbers(root):
    """A row with numbers belongs to one product: two products in one row would be a rate of exchange."""
    for table in sorted((root / "src" / "facialis" / "toxins" / "tables").glob("*.csv")):
        for row in load_rows("facialis.toxins.tables", table.stem).rows:
            cells = [
                cell for column, cell in row.cells.items() if column not in {"note", "locator", "population"}
            ]
            named = {cell.strip() for cell in cells} & {product.value for product in ToxinProduct}
            assert len(named) <= 1, row.where


def test_nothing_takes_an_amount_out_of_a_dose_to_make_another(root):
    """Only `amounts` may: there the product stays the dose's own."""
    for file in programs(root):
        if file.name == "amounts.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ToxinDose":
                inside = [part for argument in node.args for part in ast.walk(argument)]
                taken = [
                    part.attr for part in inside if isinstance(part, ast.Attribute) and part.attr == "amount"
                ]
                assert taken == [], f"{file.name}, line {node.lineno}"


def test_amounts_keeps_the_product_of_the_dose_itself(root):
    """In `amounts` every new dose takes the product of the dose that it is made of."""
    tree = ast.parse((root / "src" / "facialis" / "toxins" / "amounts.py").read_text("utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ToxinDose"
    ]
    assert len(calls) == 3
    assert {ast.unparse(call.args[1]) for call in calls} == {"self.product"}


@pytest.mark.parametrize(("name", "function", "owner"), CALLABLES, ids=[name for name, *_ in CALLABLES])
def test_nothing_takes_a_dose_and_a_product_and_returns_a_dose(name, function, owner):
    hints, returned = signature_of(function)
    takes_dose = owner is ToxinDose or any(mentions(hint, ToxinDose) for hint in hints.values())
    takes_product = any(mentions(hint, ToxinProduct) for hint in hints.values())
    assert not (takes_dose and takes_product and mentions(returned, ToxinDose)), name


def doses_in(value):
    if isinstance(value, ToxinDose):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from doses_in(getattr(value, field.name))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for part in value:
            yield from doses_in(part)


def arguments_of_two_products():
    """Something of every kind that stands beside a dose: the dose of one product, the rest of another."""
    syringe = syringe_named("one_ml")
    solution = dilute(vial_size(ABO, 300), "2.5")
    drawn = draw_up(ToxinDose(12, ABO), solution, syringe)
    other = draw_up(ToxinDose(4, ONA), dilute(vial_size(ONA, 100), "2.5"), syringe)
    return {
        ToxinDose: ToxinDose(4, ONA),
        Iterable[ToxinDose]: [ToxinDose(4, ONA)],
        Dilution: solution,
        VialSize: solution.vial,
        Syringe: syringe,
        Iterable[Draw]: [drawn, other],
    }


def test_dose_meets_a_solution_of_another_product_nowhere():
    known = arguments_of_two_products()
    tried = set()
    for name, function, owner in CALLABLES:
        hints, _ = signature_of(function)
        if owner not in {None, Dilution} or not all(hint in known for hint in hints.values()):
            continue
        products = [*hints.values(), *([owner] if owner else [])]
        if not {Dilution, Iterable[Draw]} & set(products) or not any(
            mentions(hint, ToxinDose) or mentions(hint, Draw) for hint in products
        ):
            continue
        selves = [known[owner]] if owner else []
        with pytest.raises(MixedProductsError):
            list(doses_in(function(*selves, *(known[hint] for hint in hints.values()))))
        tried.add(name.rpartition(".")[2])
    assert {"volume_for", "vials_needed", "nearest_doses", "draw_up", "fill_syringe"} <= tried


def test_work_on_one_product_stays_with_it():
    solution = dilute(vial_size(ONA, 100), "2.5")
    drawn = draw_up(ToxinDose(4, ONA), solution, syringe_named("one_ml"))
    found = list(doses_in([drawn, solution.units_per_ml, solution.units_per_tenth_ml]))
    assert {dose.product for dose in found} == {ONA}
    assert len(found) == 4

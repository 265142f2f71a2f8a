import pytest

from facialis.anatomy import commands as module
from facialis.anatomy.commands import CommandRole, command_of, commands, not_photographed
from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.lookup import UnknownNameError
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.evidence import EvidenceError, Provenance, RowTable, load_rows
from facialis.evidence.row import Row

MOVING = [e for e in NINE_PHOTOGRAPHS if e is not Expression.REST]


@pytest.mark.parametrize("expression", Expression)
def test_a_pattern_holds_every_muscle_of_the_facial_nerve_between_0_and_1(expression):
    pattern = command_of(expression)
    assert list(pattern) == list(FACIAL_MUSCLES)
    assert all(0.0 <= strength <= 1.0 for strength in pattern.values())


@pytest.mark.parametrize("expression", [Expression.REST, Expression.NASAL_BASE])
def test_rest_and_the_nasal_base_command_nothing(expression):
    assert set(command_of(expression).values()) == {0.0}


@pytest.mark.parametrize("expression", MOVING)
def test_every_other_photograph_has_a_muscle_that_leads(expression):
    assert any(c.role is CommandRole.LEADS for c in commands() if c.expression is expression)


@pytest.mark.parametrize("expression", MOVING)
def test_who_leads_is_commanded_more_than_who_accompanies(expression):
    by_role = {
        role: [c.strength_frac for c in commands() if c.expression is expression and c.role is role]
        for role in CommandRole
    }
    assert max(by_role[CommandRole.LEADS]) == max(command_of(expression).values())
    assert max(by_role[CommandRole.ACCOMPANIES], default=0.0) < max(by_role[CommandRole.LEADS])


def test_every_muscle_is_commanded_in_some_photograph():
    for muscle in FACIAL_MUSCLES:
        assert any(command_of(expression)[muscle] > 0 for expression in NINE_PHOTOGRAPHS), muscle


def test_every_muscle_leads_in_a_photograph_or_is_listed_as_not_photographed_but_not_both():
    leaders = {command.muscle for command in commands() if command.role is CommandRole.LEADS}
    unseen = {row.muscle for row in not_photographed()}
    assert not leaders & unseen
    assert leaders | unseen == set(FACIAL_MUSCLES)
    assert unseen == {
        Muscle.CORRUGATOR_SUPERCILII,
        Muscle.PROCERUS,
        Muscle.DEPRESSOR_SUPERCILII,
        Muscle.BUCCINATOR,
        Muscle.DEPRESSOR_ANGULI_ORIS,
        Muscle.MENTALIS,
        Muscle.PLATYSMA,
    }
    assert all(row.reason and row.own_movement for row in not_photographed())


def test_levator_palpebrae_is_never_commanded():
    assert Muscle.LEVATOR_PALPEBRAE not in {command.muscle for command in commands()}


def test_greater_effort_is_commanded_more_strongly():
    quiet, tight = command_of("gentle_eye_closure"), command_of("tight_eye_closure")
    assert all(quiet[muscle] <= tight[muscle] for muscle in FACIAL_MUSCLES)
    assert (
        command_of("closed_smile")[Muscle.ZYGOMATICUS_MAJOR]
        < command_of("open_smile")[Muscle.ZYGOMATICUS_MAJOR]
    )


@pytest.mark.parametrize(
    ("expression", "muscle", "strength"),
    [
        ("brow_raise", Muscle.FRONTALIS, 1.0),
        ("gentle_eye_closure", Muscle.ORBICULARIS_OCULI_PRETARSAL, 0.7),
        ("tight_eye_closure", Muscle.ORBICULARIS_OCULI_ORBITAL_SUPERIOR, 1.0),
        ("snarl", Muscle.LEVATOR_LABII_SUPERIORIS_ALAEQUE_NASI, 1.0),
        ("closed_smile", Muscle.ZYGOMATICUS_MAJOR, 0.7),
        ("open_smile", Muscle.ZYGOMATICUS_MAJOR, 1.0),
        ("pucker", Muscle.ORBICULARIS_ORIS_SUPERIOR, 1.0),
        ("lower_teeth_show", Muscle.DEPRESSOR_LABII_INFERIORIS, 1.0),
        ("lower_teeth_show", Muscle.FRONTALIS, 0.0),
    ],
)
def test_strength_of_the_muscle_that_makes_the_expression(expression, muscle, strength):
    assert command_of(expression)[muscle] == strength


def test_strengths_are_choices_and_say_so():
    assert {command.citation.provenance for command in commands()} == {Provenance.DESIGN}


def test_a_pattern_cannot_be_changed():
    with pytest.raises(TypeError):
        command_of(Expression.REST)[Muscle.FRONTALIS] = 1.0


def test_unknown_expression_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as error:
        command_of("open_smil")
    assert str(error.value).startswith("'open_smil' is no expression. Did you mean open_smile")
    assert error.value.code == "unknown_expression"


@pytest.mark.parametrize("strength", ["0", "-0.1", "1.1"])
def test_strength_outside_its_range_is_refused_with_its_line(monkeypatch, strength):
    table = load_rows("facialis.anatomy.tables", "expression_commands")
    first = table.rows[0]
    wrong = Row({**first.cells, "strength": strength}, "a table, line 2", first.citation)
    monkeypatch.setattr(module, "load_rows", lambda *_: RowTable(table.passport, (wrong,)))
    with pytest.raises(
        EvidenceError, match=r"^a table, line 2: strength is .*; it lies above 0 and up to 1\.$"
    ):
        commands.__wrapped__()

"""From what a clinician writes to injection targets: a target, a muscle, its abbreviation, or a group."""

from facialis.anatomy.injection_sites import injection_targets, targets_reaching
from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.lookup import UnknownNameError, find_member
from facialis.anatomy.muscle_names import Muscle
from facialis.anatomy.muscles import muscle, muscles
from facialis.toxins.errors import ToxinError


class NoTargetError(ToxinError):
    """A muscle that no published injection reaches."""

    code = "muscle_without_target"


def targets_named(word: str) -> tuple[InjectionTarget, ...]:
    """Targets that a word means, from the forehead down.

    Parameters
    ----------
    word : str
        A target ("orbicularis_oculi_lateral"), a muscle or its abbreviation ("mentalis", MEN), or
        the common part of several muscles ("orbicularis oculi", OOC). Capitals, spaces and
        hyphens do not matter.

    Raises
    ------
    UnknownNameError
        If it is none of these; the nearest names are given.
    NoTargetError
        If no published injection reaches the muscle.
    """
    try:
        return (find_member(InjectionTarget, word, thing="target"),)
    except UnknownNameError:
        meant = _muscles(word)
    reached = {record.target for one in meant for record in targets_reaching(one)}
    if not reached:
        raise NoTargetError(
            f"{' and '.join(m.value.replace('_', ' ') for m in meant).capitalize()} is reached by no "
            f"published injection. Give one of {', '.join(InjectionTarget)}."
        )
    return tuple(record.target for record in injection_targets() if record.target in reached)


def _muscles(word: str) -> tuple[Muscle, ...]:
    """A muscle, or those whose names or abbreviations go on after ``word``: 'OOC' is OOC-pt, OOC-ps, ..."""
    start = f"{_plain(word)}_"
    group = tuple(
        record.muscle
        for record in muscles()
        if any(_plain(name).startswith(start) for name in (record.muscle.value, record.abbreviation))
    )
    return group or (muscle(word).muscle,)


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")

"""From sessions of a history to the block of every muscle."""

import jax
import numpy as np
import pytest

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.anatomy.muscle_names import FACIAL_MUSCLES, Muscle
from facialis.anatomy.sides import Side
from facialis.toxins import ToxinDose, ToxinProduct
from facialis.twin.errors import HistoryError
from facialis.twin.events import ToxinInjection, ToxinSession
from facialis.twin.junction.errors import JunctionError, NoJunctionDataError
from facialis.twin.junction.parameters import draw_junctions, junction_for
from facialis.twin.junction.sessions import block_of_sessions, doses_reached
from facialis.twin.junction.spread import VolumeEffect, spread_kernel

ONA, DAXI, RIMA = (
    ToxinProduct.ONABOTULINUMTOXIN_A,
    ToxinProduct.DAXIBOTULINUMTOXIN_A,
    ToxinProduct.RIMABOTULINUMTOXIN_B,
)
DAO = InjectionTarget.DEPRESSOR_ANGULI_ORIS
AT = FACIAL_MUSCLES.index(Muscle.DEPRESSOR_ANGULI_ORIS)
LEFT, RIGHT = (list(Side).index(side) for side in (Side.LEFT, Side.RIGHT))


def session(day, units="4", product=ONA, side=Side.LEFT, volume="0.1"):
    return ToxinSession(day, (ToxinInjection(side, DAO, 1, ToxinDose(units, product), volume),))


def test_block_has_days_sides_and_muscles_and_is_where_the_needle_was():
    block = block_of_sessions([session(10.0)], [0.0, 10.0, 24.0])
    assert block.shape == (3, 2, len(FACIAL_MUSCLES))
    assert not np.asarray(block[:2]).any()
    assert int(np.argmax(block[2, LEFT])) == AT
    assert float(block[2, LEFT, AT]) > 0.6
    assert float(block[2, RIGHT].max()) < 0.05


def test_no_session_blocks_nothing():
    assert not np.asarray(block_of_sessions([], [0.0, 30.0])).any()


def test_dose_reached_and_lost_add_up_to_what_was_injected():
    (found,) = doses_reached([session(0.0), session(90.0, "2.5")])
    assert (found.doses_units.sum(axis=(0, 1)) + found.lost_units).tolist() == pytest.approx([4.0, 2.5])


def test_order_of_sessions_changes_nothing():
    sessions = [session(0.0), session(90.0, "2"), session(200.0, "3")]
    forward, backward = (block_of_sessions(s, [250.0]) for s in (sessions, sessions[::-1]))
    assert forward.tolist() == backward.tolist()


def test_products_follow_each_other_each_by_its_own_parameters():
    mixed = block_of_sessions([session(0.0), session(120.0, "8", DAXI)], [150.0])[0, LEFT, AT]
    parts = [
        float(block_of_sessions([one], [150.0])[0, LEFT, AT])
        for one in (session(0.0), session(120.0, "8", DAXI))
    ]
    toxin = sum(part / (1 - part) for part in parts)
    assert float(mixed) == pytest.approx(toxin / (1 + toxin))
    assert [d.product for d in doses_reached([session(0.0), session(120.0, "8", DAXI)])] == [ONA, DAXI]


def test_population_stands_first():
    junctions = {ONA: draw_junctions(jax.random.key(3), ONA, patients=7)}
    block = block_of_sessions([session(0.0)], [14.0, 60.0], junctions=junctions)
    assert block.shape == (7, 2, 2, len(FACIAL_MUSCLES))
    assert len(set(block[:, 0, LEFT, AT].tolist())) == 7


def test_kernel_can_be_chosen():
    wet = [session(0.0, volume="0.5")]
    wide, narrow = (
        float(block_of_sessions(wet, [14.0], kernel=spread_kernel(effect))[0, LEFT].sum())
        for effect in (VolumeEffect.LARGER_AREA, VolumeEffect.NO_DIFFERENCE)
    )
    assert wide > narrow


@pytest.mark.parametrize("day", [-1.0, float("nan"), float("inf"), 4000.0, True, "3"])
def test_day_out_of_range_is_refused(day):
    with pytest.raises(HistoryError, match=r"day|Day"):
        block_of_sessions([session(0.0)], [day])


def test_no_day_is_refused():
    with pytest.raises(JunctionError, match="no day"):
        block_of_sessions([session(0.0)], [])


def test_product_without_parameters_is_refused():
    with pytest.raises(NoJunctionDataError, match="rimabotulinumtoxinB"):
        block_of_sessions([session(0.0, "100", RIMA)], [14.0])
    with pytest.raises(JunctionError, match="no parameters for daxi"):
        block_of_sessions([session(0.0, "8", DAXI)], [14.0], junctions={ONA: junction_for(ONA)})

"""Mechanism, course, dose-response and spread: every number once more."""

import pytest

from facialis.toxins.pharmacology import pharmacology, spread

#   name                                      value or range   unit
PHARMACOLOGY = """
    sprouts_appear                            28               d
    original_terminals_recover                62-91            d
    inhibition_half_life_type_a               31               d
    inhibition_half_life_type_c1              25               d
    inhibition_half_life_type_b               10               d
    inhibition_half_life_type_f               2                d
    inhibition_half_life_type_e               0.8              d
    snap25_turnover                           4                d
    light_chain_persists_in_vitro             80               d
    light_chain_persists_in_vivo              180              d
    activity_type_a1_persists                 10               months
    transmission_left_when_little_is_cleaved  20               %
    snap25_cleaved_at_that_transmission       20               %
    free_toxin_release_rate_isolated          0.01             unit not read
    free_toxin_release_rate_mouse             0.001            unit not read
    model_light_chain_half_life               20-35            d
    model_snap25_turnover                     4                d
    model_sprouting                           4-12             weeks
    onset_begins                              24-72            h
    onset_clinical                            3-7              d
    onset_facial_palsy_review                 1-21             d
    peak_foot_muscle_cmap                     6                d
    peak_contralateral                        6                d
    duration_contralateral                    11               weeks
    benefit_contralateral                     4                months
    duration_facial_palsy_review              4                months
    duration_contralateral_perioral           180              d
    duration_periocular_synkinesis            6                months
    effect_wanes                              11-16            weeks
    duration_glabella_ona                     3-4              months
    duration_glabella_daxi                    24               weeks
    duration_glabella_high_abo                9                months
    type_b_peak                               2                weeks
    type_b_recovered_week_7                   66               %
    type_b_complete_recovery                  11               weeks
    type_a_recovered_week_7                   6                %
    type_a_paralysis_left_week_57             22               %
    type_a_plateau_fall                       85-90            %
    type_a_plateau_dose                       15-20            units onabotulinumtoxinA
    type_a_fall_low_dose                      70-80            %
    type_a_low_dose                           7.5-10           units onabotulinumtoxinA
    type_b_fall                               50-75            %
    type_b_dose                               320-480          units rimabotulinumtoxinB
    ed50_foot_muscle                          3.5              units onabotulinumtoxinA
    emax_foot_muscle                          1.05             1
    corrugator_dose                           8                units onabotulinumtoxinA
    depressor_anguli_oris_dose                2                units onabotulinumtoxinA
    corrugator_unit_amplitude_fall            78               %
    depressor_anguli_oris_unit_amplitude_fall 54               %
    corrugator_largest_amplitude_fall         64               %
    depressor_anguli_oris_largest_amplitude_fall 18            %
    corrugator_partial_recovery               3                months
    corrugator_ed50                           2.3              units onabotulinumtoxinA
    depressor_anguli_oris_ed50                1.7              units onabotulinumtoxinA
    glabella_relapse_10_units                 83               %
    glabella_relapse_20_units                 33               %
    glabella_relapse_30_units                 30               %
    glabella_relapse_40_units                 28               %
    glabella_paralysis_from                   2                weeks
    glabella_not_fully_reversed               24               weeks
    ptosis_appears                            3-14             d
    ptosis_recovers                           2-8              weeks
    lethal_dose_per_kg                        40               units/kg
    lethal_dose_70_kg                         2800             units
"""

SPREAD = """
    hsu_large_volume                          0.25             mL
    hsu_small_volume                          0.05             mL
    hsu_area_ratio                            1.5              1
    dilution_without_clear_difference         5                1
    gradient_ends_low_dose                    15-30            mm
    gradient_reaches_high_dose                30-45            mm
    field_of_effect                           10-15            mm
"""


def lines(text):
    return [tuple(line.split(maxsplit=2)) for line in text.strip().splitlines()]


def written(value):
    return f"{value.value:g}" if value.interval is None else "-".join(f"{end:g}" for end in value.interval)


@pytest.mark.parametrize(("name", "number", "unit"), lines(PHARMACOLOGY))
def test_pharmacology(name, number, unit):
    found = pharmacology().preferred(name)
    assert written(found) == number
    assert found.unit == unit


@pytest.mark.parametrize(("name", "number", "unit"), lines(SPREAD))
def test_spread(name, number, unit):
    found = spread().preferred(name)
    assert written(found) == number
    assert found.unit == unit


def test_the_lists_are_complete():
    assert [value.name for value in pharmacology().values] == [name for name, *_ in lines(PHARMACOLOGY)]
    assert [value.name for value in spread().values] == [name for name, *_ in lines(SPREAD)]


@pytest.mark.parametrize(("name", "dose", "fall"), [("corrugator", 8, 78), ("depressor_anguli_oris", 2, 54)])
def test_half_effective_doses_follow_from_the_amplitudes(name, dose, fall):
    assert pharmacology().preferred(f"{name}_ed50").number == pytest.approx(dose * (100 / fall - 1), abs=0.05)


def test_the_illustrative_curve_goes_through_its_two_points():
    ed50, emax = (pharmacology().preferred(f"{name}_foot_muscle").number for name in ("ed50", "emax"))
    for dose, effect in ((8.75, 0.75), (17.5, 0.875)):
        assert emax * dose / (ed50 + dose) == pytest.approx(effect, abs=0.005)

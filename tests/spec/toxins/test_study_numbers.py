"""Numbers of single studies, as they were read: typed a second time."""

import pytest

from facialis.toxins.study_outcomes import study_findings

FINDINGS = {found.code: found for found in study_findings()}

#   code                                          value   low  high   sd    n   unit
NUMBERS = """
    toffola10_women                               23      -    -      -     30  patients
    toffola10_sessions                            55      -    -      -     30  sessions
    toffola10_dose_per_site_affected              2.5     -    -      -     30  units onabotulinumtoxinA
    toffola10_dose_per_site_healthy               2.5     -    -      -     30  units onabotulinumtoxinA
    toffola10_sunnybrook_before                   40      -    -      -     30  points
    toffola10_sunnybrook_after                    53      -    -      -     30  points
    toffola10_rest_before                         -7.1    -    -      -     30  points
    toffola10_rest_after                          -3.5    -    -      -     30  points
    toffola10_voluntary_before                    56      -    -      -     30  points
    toffola10_voluntary_after                     60      -    -      -     30  points
    toffola10_synkinesis_before                   -9      -    -      -     30  points
    toffola10_synkinesis_after                    -3      -    -      -     30  points
    toffola10_improved                            30      -    -      -     30  patients
    choi13_dose_per_site_affected                 -       1.5  2.5    -     42  units onabotulinumtoxinA
    choi13_dose_total_affected                    17.1    10   26     5.3   42  units onabotulinumtoxinA
    choi13_dose_per_site_healthy                  -       2.5  5      -     42  units onabotulinumtoxinA
    choi13_dose_total_healthy                     52.6    35   72     9.7   42  units onabotulinumtoxinA
    choi13_dose_total_both_highest                98      -    -      -     42  units onabotulinumtoxinA
    choi13_sunnybrook_before                      38.8    -    -      10.7  42  points
    choi13_sunnybrook_after                       58.4    -    -      12.5  42  points
    choi13_sunnybrook_gain                        19.6    -    -      -     42  points
    choi13_synkinesis_change                      7.9     -    -      1.8   42  points
    choi13_symmetry_change                        8.4     -    -      3.25  42  points
    choi13_asymmetry_ratio_before                 0.83    -    -      0.06  42  1
    sadiq12_age                                   47      -    -      -     14  years
    sadiq12_palsy_duration                        8       -    -      -     14  years
    sadiq12_grade                                 3       2    6      -     14  grade
    sadiq12_dose_total_healthy                    30      10   80     -     14  units, brand not read
    sadiq12_improved                              14      -    -      -     14  patients
    sadiq12_peak                                  6       -    -      -     14  days
    sadiq12_duration                              11      -    -      -     14  weeks
    sadiq12_benefit                               4       -    -      -     14  months
    sadiq12_drooling                              3       -    -      -     14  patients
    salles09_dose_total_healthy                   38      15   69     -     25  units, brand not read
    salles09_asymmetry_1_month                    -48.4   -    -      -     25  %
    salles09_asymmetry_6_months                   -16.8   -    -      -     25  %
    salles09_affected_motion_6_months             18      -    -      -     25  %
    demaio07_women                                12      -    -      -     18  patients
    demaio07_dose_total_healthy                   112.5   -    -      -     18  units abobotulinumtoxinA
    demaio07_volume                               0.9     -    -      -     18  mL
    demaio07_duration                             180     -    -      -     18  days
    demaio07_fluid_loss                           9       -    -      -     18  patients
    demaio07_chewing                              3       -    -      -     18  patients
    shinn19_women                                 80      -    -      -     99  patients
    shinn19_age                                   54      -    -      -     99  years
    shinn19_follow_up                             27      -    -      -     99  months
    shinn19_treatments                            441     -    -      -     99  treatments
    shinn19_bell                                  41      -    -      -     99  patients
    shinn19_schwannoma                            36      -    -      -     99  patients
    diaz23_women                                  15      -    -      -     20  patients
    thomas18_treatments                           38      -    -      -     28  treatments
    boroojerdi98_dose                             75      -    -      -     10  units, brand not read
    boroojerdi98_duration                         6       -    -      -     10  months
    boroojerdi98_good                             91      -    -      -     10  %
    cooper17_screened                             47      -    -      -     -   studies
    cooper17_trials                               3       -    -      -     -   studies
    pourmomeny19_studies                          13      -    -      -     332 studies
    pourmomeny19_patients                         332     -    -      -     332 patients
    pourmomeny19_trials                           3       -    -      -     332 studies
    pourmomeny19_trial_patients                   90      -    -      -     332 patients
    web_initial_dose_orbicularis_oculi            -       5    10     -     -   units onabotulinumtoxinA
    web_initial_dose_zygomaticus_major            -       10   20     -     -   units onabotulinumtoxinA
    web_review_onset                              -       1    21     -     -   days
    web_review_duration                           4       -    -      -     -   months
"""


def number(cell):
    return None if cell == "-" else float(cell)


@pytest.mark.parametrize("line", NUMBERS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_number_of_a_study(line):
    code, value, low, high, sd, n, unit = line.split(maxsplit=6)
    found = FINDINGS[code]
    assert (None if found.value is None else float(found.value)) == number(value)
    assert found.interval == (None if low == "-" else (number(low), number(high)))
    assert (None if found.sd is None else float(found.sd)) == number(sd)
    assert found.n == number(n)
    assert found.unit == unit


def test_arms_of_the_trial_add_up():
    arms = {f.product.value: f.value for f in FINDINGS.values() if f.code.startswith("thomas18_arm")}
    assert arms == {"onabotulinumtoxinA": 15, "abobotulinumtoxinA": 13, "incobotulinumtoxinA": 10}
    assert sum(arms.values()) == FINDINGS["thomas18_treatments"].value


def test_no_standard_deviation_is_too_small_for_its_range():
    spread = [f for f in FINDINGS.values() if f.sd is not None and f.interval is not None]
    assert {f.code for f in spread} == {"choi13_dose_total_affected", "choi13_dose_total_healthy"}
    for found in spread:
        ends = sum((end - found.value) ** 2 for end in found.interval)
        assert found.sd**2 >= ends / (found.n - 1), found.code


def test_what_was_derived_follows_from_what_was_read():
    def value(code):
        return FINDINGS[f"choi13_{code}"].value

    assert value("sunnybrook_gain") == value("sunnybrook_after") - value("sunnybrook_before")
    highest = [FINDINGS[f"choi13_dose_total_{side}"].interval[1] for side in ("affected", "healthy")]
    assert value("dose_total_both_highest") == sum(highest)

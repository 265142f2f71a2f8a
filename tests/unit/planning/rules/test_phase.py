"""Where in its course a palsy is."""

from datetime import date

import pytest

from facialis.anatomy.nerve import NerveBranch
from facialis.planning.rules.phase import Phase, phase_of
from tests.factories.planning import ONSET, TODAY, good_facts

# drive of every branch (-: not known), synkinesis (-: not known), phase
LATE = """
0.6  yes late_synkinetic
0    yes late_synkinetic
-    yes late_synkinetic
0    no  late_flaccid
0.05 no  late_flaccid
0    -   late_flaccid
0.06 no  late_paretic
0.89 no  late_paretic
0.9  no  late_recovered
0.6  -   late_unknown
-    no  late_unknown
-    -   late_unknown
"""


@pytest.mark.parametrize(
    ("drive", "synkinesis", "phase"), [line.split() for line in LATE.strip().splitlines()]
)
def test_late_phase(drive, synkinesis, phase):
    facts = good_facts(
        affected_drive_by_branch={} if drive == "-" else dict.fromkeys(NerveBranch, float(drive)),
        synkinesis_present={"yes": True, "no": False, "-": None}[synkinesis],
    )
    assert phase_of(ONSET, TODAY, facts) == phase


@pytest.mark.parametrize(
    ("onset", "phase"),
    [
        (date(2026, 11, 22), Phase.ACUTE),
        (date(2026, 8, 23), Phase.ACUTE),
        (date(2026, 8, 22), Phase.RECOVERING),
        (date(2026, 5, 23), Phase.RECOVERING),
        (date(2026, 5, 22), Phase.LATE_SYNKINETIC),
    ],
)
def test_time_comes_first(onset, phase):
    assert phase_of(onset, TODAY, good_facts()) is phase

"""Codes of planning and of the toxin tables in plain words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from facialis.planning.case.palsy import Cause, Stability
from facialis.planning.case.treatments import TreatmentArea
from facialis.planning.case.wishes import Expectation, Goal

Words = Mapping[str, StrOrPromise]

CAUSES: Words = MappingProxyType(
    {
        Cause.BELLS_PALSY: _("Bell's palsy"),
        Cause.RAMSAY_HUNT: _("shingles of the facial nerve (Ramsay Hunt)"),
        Cause.TRAUMA: _("injury"),
        Cause.TUMOUR_OR_SURGERY: _("tumour or surgery"),
        Cause.OTHER: _("another cause"),
        Cause.UNKNOWN: _("cause not known"),
    }
)

STABILITIES: Words = MappingProxyType(
    {
        Stability.STABLE: _("It has stayed as it is"),
        Stability.CHANGING: _("It still changes"),
        Stability.UNKNOWN: _("Not known"),
    }
)

GOALS: Words = MappingProxyType(
    {
        Goal.SMILE: _("A smile that looks right"),
        Goal.EYE_COMFORT: _("Comfort of the eye"),
        Goal.CHIN: _("A calm chin"),
        Goal.REST_SYMMETRY: _("An even face at rest"),
        Goal.TIGHTNESS: _("Less tightness"),
        Goal.SPEECH_AND_EATING: _("Speaking, eating and drinking"),
    }
)

EXPECTATIONS: Words = MappingProxyType(
    {
        Expectation.PERMANENT_RESULT: _("A result that stays for ever"),
        Expectation.PERFECT_SYMMETRY: _("A perfectly even face"),
        Expectation.MOVEMENT_OF_A_FLACCID_SIDE: _("Movement of a side that hangs without moving"),
        Expectation.RESULT_ON_THE_SAME_DAY: _("A result on the same day"),
    }
)

AREAS: Words = MappingProxyType(
    {
        TreatmentArea.FACE: _("the face"),
        TreatmentArea.ELSEWHERE: _("elsewhere in the body"),
        TreatmentArea.UNKNOWN: _("not known"),
    }
)

CONDITIONS: Words = MappingProxyType(
    {
        "myasthenia_gravis": _("Myasthenia gravis"),
        "lambert_eaton_syndrome": _("Lambert-Eaton syndrome"),
        "amyotrophic_lateral_sclerosis": _("Amyotrophic lateral sclerosis"),
        "motor_neuropathy": _("Disease of the motor nerves (motor neuropathy)"),
        "dysphagia": _("Trouble swallowing, or food going down the wrong way"),
        "respiratory_disease": _("A disease that impairs breathing"),
        "cardiovascular_disease": _("A disease of heart or vessels"),
        "infection_at_site": _("An infection where the needle would go in"),
        "active_skin_disease": _("An active disease of the skin of the face"),
        "dry_eye": _("A dry eye"),
        "corneal_problem": _("A problem of the cornea"),
        "corneal_anaesthesia": _("A cornea that does not feel"),
        "no_bell_phenomenon": _("An eye that does not turn up on closure"),
        "lagophthalmos": _("An eye that does not close"),
        "prior_lasik": _("Laser surgery of the cornea (LASIK)"),
        "previous_blepharoplasty": _("Earlier surgery of the lids"),
        "previous_ptosis_surgery": _("Earlier surgery for a drooping lid"),
        "marked_brow_ptosis": _("A brow that hangs markedly"),
        "facial_surgery_planned": _("Surgery of the face is planned"),
        "fillers_planned": _("Fillers are planned"),
        "unrealistic_expectation": _("Expectations that the treatment cannot meet"),
    }
)
"""Every code of planning's `condition_codes`, in the order in which they are asked."""

DRUGS: Words = MappingProxyType(
    {
        "anticoagulants": _("Anticoagulants"),
        "antiplatelets": _("Drugs against platelets, such as aspirin"),
        "botulinum_toxin": _("Another botulinum toxin, for anything"),
        "muscle_relaxants": _("Muscle relaxants"),
        "anticholinergics": _("Anticholinergic drugs"),
        "calcium_channel_blockers": _("Calcium channel blockers"),
        "aminoglycosides": _("Aminoglycoside antibiotics"),
        "polymyxins": _("Polymyxin antibiotics"),
        "lincosamides": _("Lincosamide antibiotics"),
        "tetracyclines": _("Tetracycline antibiotics"),
        "quinine": _("Quinine"),
        "quinidine": _("Quinidine"),
        "chloroquine": _("Chloroquine"),
        "hydroxychloroquine": _("Hydroxychloroquine"),
        "aminoquinolines": _("Chloroquine or hydroxychloroquine, which one is not known"),
        "penicillamine": _("Penicillamine"),
        "magnesium_sulfate": _("Magnesium sulfate"),
        "curare_like_agents": _("Curare-like agents"),
        "neuromuscular_blockers": _("Other drugs that weaken transmission from nerve to muscle"),
    }
)
"""Every word of planning's `drug_codes`."""

ALLERGIES: Words = MappingProxyType(
    {
        "hypersensitivity_toxin": _("Botulinum toxin or a component of the product"),
        "albumin_allergy": _("Human albumin"),
        "cow_milk_allergy": _("Cow's-milk protein"),
        "lactose_intolerance": _("Lactose intolerance (no allergy to milk protein)"),
        "refuses_blood_products": _("Refuses products made from human blood"),
    }
)
"""Every code of planning's `allergy_codes`."""

NEUROMUSCULAR = frozenset(
    {"myasthenia_gravis", "lambert_eaton_syndrome", "amyotrophic_lateral_sclerosis", "motor_neuropathy"}
)
"""Conditions that the banner shows."""
BLEEDING = frozenset({"anticoagulants", "antiplatelets"})
"""Drugs that the banner shows."""
REACTION = "hypersensitivity_toxin"
"""Allergy that is a reaction to a treatment like ours."""


def worded(codes: tuple[str, ...], words: Words) -> list[str]:
    """Codes in words; one that this version does not know stands as it is and is never passed over."""
    return [str(words.get(code, code)) for code in codes]

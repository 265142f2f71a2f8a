"""Classes that drugs written in free text belong to: only to suggest that the class be ticked.

The rules of planning know classes. The names here are common members by the groups of the WHO's ATC index; a
name that is missing costs the suggestion and nothing else.
"""

import re
from collections.abc import Iterable
from types import MappingProxyType

from facialis.clinic.patients.words import DRUGS
from facialis.toxins.interactions import drug_interactions

COMMON_MEMBERS = MappingProxyType(
    {
        "aminoglycosides": ("amikacin", "gentamicin", "neomycin", "streptomycin", "tobramycin"),
        "anticholinergics": ("biperiden", "oxybutynin", "solifenacin", "tolterodin", "trospium"),
        "anticoagulants": (
            "acenocoumarol", "apixaban", "dabigatran", "edoxaban", "enoxaparin", "heparin", "marcumar",
            "phenprocoumon", "rivaroxaban", "warfarin",
        ),
        "antiplatelets": ("acetylsalicylic", "aspirin", "clopidogrel", "prasugrel", "ticagrelor"),
        "calcium_channel_blockers": (
            "amlodipin", "diltiazem", "felodipin", "lercanidipin", "nifedipin", "verapamil",
        ),
        "lincosamides": ("clindamycin", "lincomycin"),
        "magnesium_sulfate": ("magnesium",),
        "muscle_relaxants": ("baclofen", "dantrolen", "methocarbamol", "tizanidin"),
        "curare_like_agents": ("atracurium", "cisatracurium", "mivacurium", "rocuronium", "vecuronium"),
        "polymyxins": ("colistin", "polymyxin"),
        "tetracyclines": ("doxycyclin", "minocyclin", "tetracyclin", "tigecyclin"),
    }
)  # fmt: skip
"""Code of a rule to words of its drugs, lower case, without the ending that languages add."""
_LONGEST_ENDING = 2
"""'Gentamicine', 'aminoglycosides': an ending of another language or of the plural."""


def suggested_classes(others: Iterable[str], ticked: Iterable[str]) -> dict[str, str]:
    """Each free text that names a drug or class of the rules, with the class that is not ticked.

    Parameters
    ----------
    others : iterable    Lines of free text.
    ticked : iterable    Codes that are ticked.

    Examples
    --------
    >>> suggested_classes(["Gentamicin iv"], [])
    {'Gentamicin iv': 'aminoglycosides'}
    """
    known = set(ticked)
    found = {}
    for line in others:
        words = re.findall(r"[^\W\d_]+", line.casefold())
        codes = [word for word in words if word in DRUGS]
        codes += [code for word in words for code, names in _names().items() if _is_one_of(word, names)]
        if codes and not known.intersection(codes):
            found[line] = codes[0]
    return found


def _names() -> dict[str, tuple[str, ...]]:
    return {
        rule.code: (
            *rule.members,
            *COMMON_MEMBERS.get(rule.code, ()),
            *((rule.code.removesuffix("s"),) if "_" not in rule.code else ()),
        )
        for rule in drug_interactions()
        if rule.code in DRUGS
    }


def _is_one_of(word: str, names: Iterable[str]) -> bool:
    return any(word.startswith(name) and len(word) - len(name) <= _LONGEST_ENDING for name in names)

"""Documents as facialis-palsy-file-models 0.1.0 writes them, made by hand for the tests."""

from typing import Any

EXPRESSIONS = ("frowning", "gentleeye", "dental", "snarl", "lippucker")
FRAME = {
    "metadata_object_version": "0.1.0",
    "application_version": "APPLICATION_VERSION",
    "application_org": "ORGANIZATION_DOMAIN",
}
EFACE_REGIONS = ("ocular", "midfacial", "mentalis", "platysmal")
EFACE_FIELDS = (
    "rest_brow",
    "rest_palpebral",
    "rest_oral",
    "rest_nasolabialfold",
    "rest_nasolabialfoldorientation",
    "frowning_brow",
    "gentleeye_dynamic",
    "fulleye_dynamic",
    "dental_oral",
    "dental_nasolabialdepth",
    "dental_nasolabialorientation",
    "snarl_dynamic",
    *(
        f"{expression}_{region}"
        for expression in ("frowning", "gentleeye", "fulleye", "dental", "snarl")
        for region in EFACE_REGIONS
    ),
)
SUNNYBROOK_FIELDS = (
    "rest_eye",
    "rest_cheek",
    "rest_mouth",
    *(f"{expression}_symmetry" for expression in EXPRESSIONS),
    *(f"{expression}_synkinesis" for expression in EXPRESSIONS),
)


def timed(field: str, value: Any) -> dict[str, Any]:
    """One Sunnybrook item as the format keeps it."""
    return {"key": field, "value": value, "time": "2024-05-01 10:00:00.000000"}


def sunnybrook_section(*points: Any) -> dict[str, Any]:
    """Rest of eye, cheek and mouth, then movement and synkinesis of the five expressions."""
    items = zip(SUNNYBROOK_FIELDS, points, strict=True)
    return {
        **FRAME,
        **{field: None if p is None else timed(field, p) for field, p in items},
        "time_series": [],
    }


def eface_section(**values: Any) -> dict[str, Any]:
    """All fields null except those named."""
    return {**FRAME, **dict.fromkeys(EFACE_FIELDS), "time_series": [], **values}


def whole(**parts: Any) -> dict[str, Any]:
    """A composed file with its defaults, and what is named in their place."""
    return {
        **FRAME,
        "version": "v3_mh_2022",
        "eface": eface_section(),
        "sunnybrook": sunnybrook_section(*[None] * 13),
        "houseBrackmann": {**FRAME, "houseBrackmann": 0, "time_series": []},
        "rater": "",
        "palsy_side": "",
        "pid": "",
        "image_names": [],
        "sunnybrook_score_rest": 0,
        "sunnybrook_score_volu": 0,
        "sunnybrook_score_synk": 0,
        "sunnybrook_score": 0,
        **parts,
    }

"""Every limit of the capture gate, with its argument. Lengths are relative to the outer canthal distance."""

from facialis.measurement.photo import MAX_LATERAL_YAW_DEG, MAX_YAW_DEG

FACE_SCORE_MIN = 0.5
"""Below even odds that a face is there, its points mean nothing."""

SECOND_FACE_SIZE_MIN = 0.3
"""A face under three tenths of the largest one is a poster or a person far behind: a note, not a refusal."""

YAW_MAX_DEG = MAX_YAW_DEG
"""Beyond it the far side is foreshortened by more than 1.5 % and the network guesses hidden contours."""

YAW_LATERAL_MAX_DEG = MAX_LATERAL_YAW_DEG
"""A lip corner lies about 25 mm in front of the far canthus: 3 degrees move it sideways by 1.3 mm, as much
as the smallest excursion that matters. Lateral measures need 3-D correction beyond it."""

PROFILE_YAW_DEG = 35.0
"""From here on one eye is half hidden: it is another view, not a badly turned frontal one."""

PITCH_WARN_DEG = 12.0
"""Heights shrink by 2 %, and structures at different depth shift against each other by some millimetres."""

PITCH_MAX_DEG = 25.0
"""Heights shrink by 10 % and the opening of the lids is no longer the real one. Not for the nasal base."""

OUTER_CANTHI_MIN_PX = 60.0
"""1.5 mm a pixel: a landmark error of one pixel would hide the asymmetries that are looked for."""

OUTER_CANTHI_WARN_PX = 100.0
"""Under about 1.1 px/mm lid and lip edges are two pixels wide and cannot be refined."""

SHARPNESS_MIN = 0.145
"""Steepest edges around the eyes, in contrast per pixel at 160 px between the outer canthi. Rendered and
synthetic sharp faces give 0.165 to 0.25; the same faces blurred by 1.6 mm (4 px at 640 px) 0.08 to 0.13."""

DARK_MEDIAN_MIN = 30.0
"""Median brightness of the face, of 255. Very dark skin in fair light gives 45 and more."""

BRIGHT_MEDIAN_MAX = 235.0
"""Very fair skin in fair light gives up to 225."""

CLIPPED_SHARE_MAX = 0.20
"""Share of the face that is burnt out. A shiny forehead and nose reach 0.1."""

BLACK_SHARE_MAX = 0.45
"""Share of the face without any light. Hair, beard and nostrils reach 0.3 on dark skin."""

LIGHT_RATIO_MAX = 3.0
"""Median brightness of one half of the face over the other: a stop and a half. Beyond it, shadow edges pass
for folds."""

CLIPPED_LEVEL = 252
BLACK_LEVEL = 8

EYE_OPEN_RATIO = 0.20
"""Lid gap over lid length. Open eyes have 0.25 to 0.40, closed ones under 0.12; half way is open."""

EYE_CLOSED_RATIO = 0.08
"""Under it an eye is surely closed."""

MOUTH_OPEN_RATIO = 0.12
"""Lip gap over mouth width. Lips that only part at rest stay under 0.08."""

MOUTH_CLOSED_RATIO = 0.015
"""Under it the lips touch."""

MOVEMENT_MIN = 0.012
"""Movement against rest, in outer canthal distances: about 1.1 mm, twice the landmark noise."""

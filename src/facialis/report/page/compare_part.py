"""Before, at two weeks and at four months: the same view at the same scale, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.expressions import Expression
from facialis.measurement.points import FacePoints
from facialis.report.annotate import encode_jpeg
from facialis.report.page.html import picture, section
from facialis.report.words import expression_words

SHOWN = (Expression.REST, Expression.OPEN_SMILE, Expression.PUCKER, Expression.TIGHT_EYE_CLOSURE)
WIDTH_PX, HEIGHT_PX = 460, 560
CANTHI_PX = 186.0
"""Distance of the outer canthi in every crop: no expression moves them."""
EYES_AT = (0.5, 0.40)
"""Where the middle between them lies, as shares of the crop."""
JPEG_QUALITY = 84


@dataclass(frozen=True, eq=False)
class VisitPictures:
    """Crops of one visit."""

    title: str
    """'before', 'two weeks after', ..."""
    crops: Mapping[Expression, bytes]
    notes: Mapping[Expression, str]
    """One sentence with the most telling measure."""


def crop_face(image_rgb: NDArray[np.uint8], points: FacePoints) -> bytes:
    """Cut a photograph so that its outer canthi lie where they lie in all others; as JPEG."""
    left, right = points.left.lateral_canthus, points.right.lateral_canthus
    middle, across = (left + right) / 2, left - right
    size = float(np.linalg.norm(across))
    scale, angle = CANTHI_PX / size, float(np.arctan2(across[1], across[0]))
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    wanted = np.array([EYES_AT[0] * WIDTH_PX, EYES_AT[1] * HEIGHT_PX])
    matrix = np.column_stack([turn, wanted - turn @ middle])
    cut = cv2.warpAffine(
        image_rgb,
        matrix,
        (WIDTH_PX, HEIGHT_PX),
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return encode_jpeg(np.asarray(cut, dtype=np.uint8), JPEG_QUALITY)


def compare_part(visits: Sequence[VisitPictures], sentence: str, *more: str) -> str:
    """Rows of photographs, one a movement."""
    rows = []
    for expression in SHOWN:
        words = expression_words(expression)
        figures = [
            picture(
                visit.crops[expression],
                f"{words.capitalize()}, {visit.title}. {visit.notes.get(expression, '')}",
                visit.title.capitalize(),
                visit.notes.get(expression, ""),
            )
            for visit in visits
            if expression in visit.crops
        ]
        rows.append(f"<h3>{escape(words.capitalize())}</h3><div class='three'>{''.join(figures)}</div>")
    return section(
        "after",
        "Before, at two weeks, at four months",
        sentence,
        *rows,
        *more,
    )

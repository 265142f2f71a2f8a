"""What a plan may look like: an invented face that moves as the model expects, before and at full effect."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.planning.forecast.records import ModelFace, PlanForecast
from facialis.report.picture_words import plate
from facialis.report.words import expression_words
from facialis.vision.synthetic.motion import FaceMotion, motion_of
from facialis.vision.synthetic.patient_set import film

SHOWN = (Expression.REST, Expression.OPEN_SMILE, Expression.TIGHT_EYE_CLOSURE)
FACE_PX, GAP_PX, MARGIN_PX, HEAD_PX, ROW_PX, FOOT_PX = 300, 14, 22, 66, 30, 40
WHITE, INK, SOFT, ACCENT = (255, 255, 255), (28, 36, 48), (92, 103, 120), (194, 87, 26)
TITLE = "A model, not a promise"
WORDS = "An invented face, not the patient's, moved as the model expects of the mean patient."


def model_face_png(found: PlanForecast, *, seed: int = 0) -> bytes:
    """Draw rest, smile and eye closure before the session and at full effect.

    Parameters
    ----------
    found : PlanForecast
    seed : int              Of the invented person.

    Returns
    -------
    bytes                   A PNG; LEFT, RIGHT and "model" stand in every face.
    """
    columns = (("before the session", found.before), ("at full effect", found.at_peak))
    motions = [_motion(face, expression) for expression in SHOWN for _, face in columns]
    faces = [photo.image_rgb for photo in film(motions, seed=seed, width_px=FACE_PX)]
    height = faces[0].shape[0]
    width = 2 * MARGIN_PX + len(columns) * FACE_PX + (len(columns) - 1) * GAP_PX
    row_height = ROW_PX + height + GAP_PX
    picture = Image.new("RGB", (width, HEAD_PX + len(SHOWN) * row_height + FOOT_PX), WHITE)
    pen = ImageDraw.Draw(picture, "RGBA")
    large, usual, small = (ImageFont.load_default(size) for size in (20.0, 15.0, 12.5))
    pen.text((MARGIN_PX, 12), TITLE, INK, large)
    for column, (name, _) in enumerate(columns):
        left = MARGIN_PX + column * (FACE_PX + GAP_PX)
        pen.text((left, 42), name, ACCENT if column else SOFT, usual)
    for place, face in enumerate(faces):
        row, column = divmod(place, len(columns))
        left, top = MARGIN_PX + column * (FACE_PX + GAP_PX), HEAD_PX + row * row_height
        if not column:
            pen.text((left, top + 6), expression_words(SHOWN[row]).capitalize(), INK, usual)
        picture.paste(Image.fromarray(np.asarray(face)), (left, top + ROW_PX))
        # The patient's RIGHT is on the left of the picture.
        plate(pen, (left + 8, top + ROW_PX + 8), "RIGHT", small, "l")
        plate(pen, (left + FACE_PX - 8, top + ROW_PX + 8), "LEFT", small, "r")
        plate(pen, (left + 8, top + ROW_PX + height - 28), "model", small, "l")
    pen.text((MARGIN_PX, picture.height - FOOT_PX + 6), WORDS, SOFT, small)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _motion(face: ModelFace, expression: Expression) -> FaceMotion:
    forces = face.forces[NINE_PHOTOGRAPHS.index(expression)]
    return motion_of(face.meshes_mm[expression], forces, expression, healthy_tone=face.healthy_tone)

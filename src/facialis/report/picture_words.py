"""Words inside a picture."""

from PIL import ImageDraw, ImageFont

Font = ImageFont.ImageFont | ImageFont.FreeTypeFont

ON_PLATE = (255, 255, 255)
PLATE = (20, 24, 32, 150)


def plate(pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, font: Font, anchor: str) -> None:
    """Write on a dark, half transparent plate: legible on any skin, hair and wall.

    Parameters
    ----------
    place : (x, y)      Upper corner: the left one for the anchor "l", the right one for "r". [px]
    """
    room = pen.textlength(text, font=font)
    left = place[0] if anchor == "l" else place[0] - room - 12
    pen.rounded_rectangle((left, place[1], left + room + 12, place[1] + 20), radius=5, fill=PLATE)
    pen.text((left + 6, place[1] + 3), text, ON_PLATE, font)

"""The six grades that House-Brackmann and the Facial Nerve Grading System share."""

from enum import IntEnum


class Grade(IntEnum):
    """I is normal, VI is total palsy; `name` is the Roman numeral."""

    I = 1  # noqa: E741  the field writes its grades so
    II = 2
    III = 3
    IV = 4
    V = 5
    VI = 6

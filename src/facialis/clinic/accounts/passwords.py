"""Passwords that the software makes."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike."""
GROUPS, GROUP = 4, 4


def one_time_password() -> str:
    """About 79 bits of chance, in groups that can be read aloud; it has to be changed when it is used."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))

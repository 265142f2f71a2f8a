"""What has to be there before people come."""


def prepare_records() -> None:
    """Add the consent texts that a clinic begins with, where it has none."""

"""What can be wrong with what the junction is asked to simulate."""

from facialis.twin.errors import TwinError


class JunctionError(TwinError):
    """A product, a number of patients or days that cannot be simulated."""

    code = "junction_invalid"


class NoJunctionDataError(JunctionError):
    """A product about which too little is published to simulate it in a tissue."""

    code = "junction_without_data"

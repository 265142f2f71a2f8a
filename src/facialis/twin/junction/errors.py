"""What can be wrong with what the junction is asked to simulate."""

from facialis.errors import FacialisError


class JunctionError(FacialisError):
    """A dose, a day, a distance or a volume that cannot be simulated."""

    code = "junction_invalid"


class NoJunctionDataError(JunctionError):
    """A product about which too little is published to simulate it in a tissue."""

    code = "junction_without_data"

"""What can be wrong with a product, an amount, a vial or a syringe."""

from facialis.errors import FacialisError


class ToxinError(FacialisError):
    """Something about a toxin is not as it must be."""

    code = "toxin_invalid"


class UnknownProductError(ToxinError):
    """A name that belongs to no product, or to more than one."""

    code = "product_unknown"


class InexactNumberError(ToxinError):
    """A number that is not finite, not exact, or not a number."""

    code = "number_not_exact"


class DoseError(ToxinError):
    """An amount that cannot be a dose: negative, or without its product."""

    code = "dose_invalid"


class MixedProductsError(ToxinError):
    """Units of two products in one calculation or one syringe."""

    code = "products_mixed"


class VialError(ToxinError):
    """A vial that the product does not have, or that may no longer be used."""

    code = "vial_refused"


class DilutionError(ToxinError):
    """A solution too strong or too weak, or a ready solution that would be diluted."""

    code = "dilution_refused"


class SyringeError(ToxinError):
    """A syringe that does not exist, or that cannot measure or hold a dose."""

    code = "syringe_refused"

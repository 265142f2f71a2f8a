"""What pages read of patients."""

from facialis.clinic.patients.banner import Banner, LastToxin, banner_of, last_toxin, palsy_of

__all__ = ["Banner", "LastToxin", "banner_of", "last_toxin", "palsy_of"]

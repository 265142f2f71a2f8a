"""Which instruments there are; each is imported when it is first asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from facialis.grading.errors import UnknownInstrumentError
from facialis.grading.instrument import Instrument

_MODULES = {
    name: f"facialis.grading.{name}"
    for name in (
        "house_brackmann",
        "house_brackmann_regional",
        "house_brackmann_measured",
        "fngs2",
        "sunnybrook",
        "eface",
        "stennert",
        "saq",
        "face_scale",
        "fdi",
    )
}


class _LazyInstruments(Mapping[str, Instrument]):
    """Instruments by id; looking one up imports its module."""

    def __getitem__(self, instrument_id: str) -> Instrument:
        instrument: Instrument = import_module(_MODULES[instrument_id]).INSTRUMENT
        return instrument

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


INSTRUMENTS: Mapping[str, Instrument] = _LazyInstruments()


def find_instrument(instrument_id: str) -> Instrument:
    """Look an instrument up by its id.

    Raises
    ------
    UnknownInstrumentError
        If there is none.
    """
    if instrument_id not in INSTRUMENTS:
        raise UnknownInstrumentError(
            f"There is no instrument '{instrument_id}'; known are {', '.join(INSTRUMENTS)}. Correct the name."
        )
    return INSTRUMENTS[instrument_id]

"""How numbers are written in each language; `FORMAT_MODULE_PATH` points here."""

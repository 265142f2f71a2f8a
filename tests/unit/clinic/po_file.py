"""Read a catalogue as translators write it: as much of the format as gettext writes for this project."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

CATALOGUE = Path("src/facialis/clinic/locale/de/LC_MESSAGES")
KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")')


@dataclass
class Entry:
    """One text and its translations."""

    flags: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """Singular, and plural where it has one."""
        return [text for name, text in self.texts.items() if name in {"msgid", "msgid_plural"}]

    @property
    def translations(self) -> list[str]:
        return [text for name, text in self.texts.items() if name.startswith("msgstr")]

    @property
    def keys(self) -> list[object]:
        """As `gettext.GNUTranslations` keeps it."""
        context = f"{self.texts['msgctxt']}\x04" if "msgctxt" in self.texts else ""
        key = context + self.texts["msgid"]
        return [(key, number) for number in (0, 1)] if "msgid_plural" in self.texts else [key]


def read_po(path: Path) -> list[Entry]:
    """Every entry but the header."""
    found = []
    for block in path.read_text("utf-8").strip().split("\n\n"):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.flags |= {flag.strip() for flag in line[2:].split(",")}
            elif not line.startswith("#"):
                keyword = KEYWORD.fullmatch(line)
                name, text = keyword.groups() if keyword else (name, line)
                entry.texts[name] = entry.texts.get(name, "") + ast.literal_eval(text)
        if entry.texts.get("msgid"):
            found.append(entry)
    return found

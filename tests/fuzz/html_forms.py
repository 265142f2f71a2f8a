"""What a page of HTML lets a person do: its links and its forms, with every field and its limits."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

BUTTONS = frozenset({"submit", "button", "reset", "image"})
HTMX = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")


@dataclass(frozen=True)
class Field:
    """One name of a form, and what the page says that it may be."""

    name: str
    kind: str
    """The type of an input, or 'select', 'textarea', 'button'."""
    values: tuple[str, ...] = ()
    """What is sent when nothing is touched."""
    options: tuple[str, ...] = ()
    """Everything that the page offers; empty where the person types."""
    limits: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    """min, max, step, maxlength, pattern, required, accept."""

    @property
    def is_secret(self):
        return self.name.startswith("csrfmiddlewaretoken")


@dataclass(frozen=True)
class Form:
    """One form of one page."""

    action: str
    method: str
    enctype: str
    fields: tuple[Field, ...]

    @property
    def names(self):
        return tuple(field.name for field in self.fields)

    def initial(self):
        """What a browser sends when the person only presses the first button."""
        sent, pressed = {}, False
        for one in self.fields:
            if one.is_secret or one.kind == "file":
                continue
            if one.kind == "button":
                if pressed or not one.name:
                    continue
                pressed = True
            if one.values:
                sent[one.name] = list(one.values)
        return sent


@dataclass(frozen=True)
class Page:
    """Links, forms and the hearts of a page."""

    links: tuple[str, ...]
    forms: tuple[Form, ...]
    classes: frozenset[str]
    ids: frozenset[str]
    typed: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """What stands in the fields, by name."""


def page_of(html):
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._links, self._forms, self._classes, self._ids = [], [], set(), set()
        self._open, self._loose, self._by_id = None, [], {}
        self._select, self._textarea, self._option = None, None, None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self._classes.update(given.get("class", "").split())
        if given.get("id"):
            self._ids.add(given["id"])
        self._note_addresses(tag, given)
        if tag == "form":
            self._open = self._new_form(given)
            if "data-once" in given:
                self._add({}, Field("once", "hidden", ("",)))  # filled in by a script
        elif tag == "input":
            self._note_input(given)
        elif tag == "button":
            self._note_button(given)
        elif tag == "select":
            self._select = (given, [], [])
        elif tag == "option" and self._select is not None:
            self._option = given.get("value")
            if self._option is not None:
                self._select[1].append(self._option)
                if "selected" in given:
                    self._select[2].append(self._option)
        elif tag == "textarea":
            self._textarea = (given, [])

    def handle_data(self, data):
        if self._textarea is not None:
            self._textarea[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select is not None:
            given, options, chosen = self._select
            self._select = None
            first = [] if "multiple" in given else options[:1]
            self._add(given, Field(given.get("name", ""), "select", tuple(chosen or first), tuple(options)))
        elif tag == "textarea" and self._textarea is not None:
            given, pieces = self._textarea
            self._textarea = None
            text = "".join(pieces).removeprefix("\r\n").removeprefix("\n")
            self._add(given, Field(given.get("name", ""), "textarea", (text,)))

    def page(self):
        forms = [form for given, fields in self._forms for form in self._whole(given, fields)]
        typed = {}
        for _, fields in self._forms:
            for one in fields:
                typed[one.name] = (*typed.get(one.name, ()), *one.values)
        return Page(
            tuple(dict.fromkeys(self._links)),
            tuple(forms),
            frozenset(self._classes),
            frozenset(self._ids),
            typed,
        )

    def _new_form(self, given):
        made = (given, [])
        self._forms.append(made)
        if given.get("id"):
            self._by_id[given["id"]] = made
        return made

    def _note_addresses(self, tag, given):
        if tag in {"a", "area"} and given.get("href"):
            self._links.append(given["href"])
        if tag in {"img", "source"} and given.get("src"):
            self._links.append(given["src"])
        self._links.extend(value for name, value in given.items() if name == "hx-get" and value)
        if tag != "form":
            # An element with hx-post sends its form, or nothing but itself, to an address of its own.
            self._forms.extend(
                ({"action": given[name], "method": name.removeprefix("hx-")}, [])
                for name in HTMX[1:]
                if given.get(name)
            )

    def _note_input(self, given):
        kind, name = given.get("type", "text").lower(), given.get("name", "")
        if kind in BUTTONS:
            self._note_button(given)
            return
        value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
        if kind in {"checkbox", "radio"}:
            sent = (value,) if "checked" in given else ()
            self._add(given, Field(name, kind, sent, (value,)))
        else:
            self._add(given, Field(name, kind, () if kind == "file" else (value,)))

    def _note_button(self, given):
        if given.get("formaction"):
            self._new_form({"action": given["formaction"], "method": given.get("formmethod", "post")})
        if given.get("name"):
            value = given.get("value", "")
            self._add(given, Field(given["name"], "button", (value,), (value,)))

    def _add(self, given, one):
        if not one.name or "disabled" in given:
            return
        names = ("min", "max", "step", "minlength", "maxlength", "pattern", "required", "accept", "multiple")
        one = replace(one, limits={name: given[name] for name in names if name in given})
        form = given.get("form")
        if form:
            self._loose.append((form, one))
        elif self._open is not None:
            self._open[1].append(one)

    def _whole(self, given, fields):
        """The form as a browser sends it, and as htmx does, where that goes elsewhere."""
        fields = tuple(_merged([*fields, *(one for form, one in self._loose if form == given.get("id"))]))
        enctype = given.get("enctype") or given.get("hx-encoding") or "application/x-www-form-urlencoded"
        method = given.get("method", "get").lower()
        if method != "dialog":
            yield Form(given.get("action", ""), method, enctype, fields)
        for name in HTMX:
            if given.get(name) and given[name] != given.get("action"):
                yield Form(given[name], name.removeprefix("hx-"), enctype, fields)


def _merged(fields):
    """One field a name: the buttons of a radio group together."""
    found = {}
    for one in fields:
        known = found.get(one.name)
        if known is None:
            found[one.name] = one
            continue
        found[one.name] = replace(
            known,
            values=(*known.values, *one.values) if one.kind != "button" else known.values,
            options=(*known.options, *one.options),
            limits={**known.limits, **one.limits},
        )
    return found.values()

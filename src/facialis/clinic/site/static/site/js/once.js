// A form is sent once. A repeated press is swallowed, and a repeated sending carries the same key,
// so that the server can tell that it has done this already.

const FIELD = "once"; // read by facialis.clinic.site.once
const GIVE_UP_MS = 20000; // no answer came: the button works again, with the same key

function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without https the browser offers no randomUUID; the same 122 random bits by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  let field = form.elements.namedItem(FIELD);
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: FIELD });
    form.append(field);
  }
  if (!field.value) field.value = key();
  form.dataset.sent = "yes";
  // Not `disabled`: a disabled button would not send its own name and value.
  event.submitter?.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), GIVE_UP_MS);
}, { capture: true });

// An answer by htmx: the form may be used again. A done thing gets a new key; a failed one keeps its own.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-once]");
  if (!form) return;
  release(form);
  const field = form.elements.namedItem(FIELD);
  if (event.detail?.successful && field) field.value = "";
});

// The page came back from the browser's cache by "back"
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-once][data-sent]").forEach(release);
});

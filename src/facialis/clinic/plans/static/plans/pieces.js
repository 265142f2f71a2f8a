// The pieces of an answer take the place of those on the page; focus and what was open stay.

/**
 * Put the pieces of an answer into the page. Rows that are still being edited are kept as they are, but for
 * one that was refused: no field goes on showing what is not in the plan. What was refused in another row
 * stays written there until that row is edited again (``edited``: the key of the row that this answers).
 */
export function apply(html, { keepRows, edited }) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  keepRefusals(answer, edited);
  const focus = remember();
  for (const piece of answer.querySelectorAll("[data-piece]")) {
    const old = document.getElementById(piece.id);
    if (!old || (keepRows && piece.id === "plan-rows")) continue;
    const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
    const made = document.adoptNode(piece);
    keepTyped(old, made);
    old.replaceWith(made);
    for (const id of open) {
      const again = made.querySelector(`#${CSS.escape(id)}`);
      if (again) again.open = true;
    }
    window.htmx?.process(made);
  }
  const refused = answer.querySelector(".plan-row--refused");
  if (keepRows && refused?.id === `row-${edited}`) {
    document.getElementById(refused.id)?.replaceWith(document.adoptNode(refused));
  }
  giveBack(focus);
}

/** A reason that is being written while another edit is answered stays as far as it was typed. */
function keepTyped(old, made) {
  for (const field of old.querySelectorAll("form[data-edit] textarea")) {
    if (field.value === field.defaultValue) continue;
    const again = made.querySelector(`form[data-edit="${CSS.escape(field.form.dataset.edit)}"] textarea`);
    if (again) again.value = field.value;
  }
}

function keepRefusals(answer, edited) {
  for (const old of document.querySelectorAll(".plan-row--refused")) {
    const again = answer.getElementById(old.id);
    if (!again || edited?.endsWith(old.dataset.row) || again.querySelector("[data-refused]")) continue;
    again.classList.add("plan-row--refused");
    again.querySelector(".plan-points-form")?.after(document.importNode(old.querySelector("[data-refused]"), true));
  }
}

function remember() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  return { id: at.id, row: at.closest?.("[data-row]")?.id, start: at.selectionStart, end: at.selectionEnd };
}

function giveBack(focus) {
  if (!focus) return;
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (!isLost) return;
  const found = (focus.id && document.getElementById(focus.id)) || (focus.row && document.getElementById(focus.row));
  if (!found) return;
  found.focus({ preventScroll: true });
  if (focus.start != null && found.setSelectionRange && found.type !== "number") {
    found.setSelectionRange(focus.start, focus.end);
  }
}

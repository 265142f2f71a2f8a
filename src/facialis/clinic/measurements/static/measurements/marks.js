// A row that is pointed at or focused lights its measure on the face, and the other way round.

let lit = "";

function light(name) {
  if (name === lit) return;
  lit = name;
  show();
}

/** Show what is lit; call it after rows or marks were replaced. */
export function show() {
  for (const mark of document.querySelectorAll("[data-mark]")) mark.classList.toggle("is-lit", mark.dataset.mark === lit);
  for (const row of document.querySelectorAll("[data-measure]")) row.classList.toggle("is-lit", row.dataset.measure === lit);
}

const nameAt = (target) => target.closest?.("[data-measure]")?.dataset.measure ?? "";

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "touch") light(nameAt(event.target) || nameAt(document.activeElement));
});
document.addEventListener("focusin", (event) => light(nameAt(event.target)));
document.addEventListener("click", (event) => {
  const name = nameAt(event.target); // a finger does not hover: it taps the row
  if (name) light(name);
});

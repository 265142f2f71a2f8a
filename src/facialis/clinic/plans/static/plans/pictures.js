// Photograph, diagram or both; a circle and its row light up together.

const editor = document.getElementById("plan-editor");

function show() {
  const chosen = document.querySelector("[data-plan-view]:checked");
  if (chosen) editor.dataset.view = chosen.value;
}

editor.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-plan-view]")) show();
});

function light(key, isLit) {
  for (const one of editor.querySelectorAll(`[data-row="${CSS.escape(key)}"]`)) one.classList.toggle("is-lit", isLit);
}

for (const [name, isLit] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  editor.addEventListener(name, (event) => {
    const of = event.target.closest?.("[data-row]");
    if (of) light(of.dataset.row, isLit);
  });
}

// A circle leads to its row, and the focus goes along.
editor.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.plan-mark");
  if (!mark) return;
  event.preventDefault();
  const row = document.getElementById(`row-${mark.dataset.row}`);
  row?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  row?.focus({ preventScroll: true });
});
show();

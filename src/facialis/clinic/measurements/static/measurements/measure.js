// The page of measures: marks, the whole picture, and E for the points.

import "./marks.js";

function zoom(button) {
  const svg = document.querySelector("[data-face-view] svg");
  const isWhole = button.getAttribute("aria-pressed") !== "true";
  svg.setAttribute("viewBox", isWhole ? svg.dataset.wholeBox : svg.dataset.faceBox);
  button.setAttribute("aria-pressed", String(isWhole));
}

function plain(button) {
  const isPlain = button.getAttribute("aria-pressed") !== "true";
  document.querySelector("[data-face-view]").classList.toggle("face-view--plain", isPlain);
  button.setAttribute("aria-pressed", String(isPlain));
}

document.addEventListener("click", (event) => {
  const zooming = event.target.closest?.("[data-face-zoom]");
  const plainer = event.target.closest?.("[data-face-plain]");
  if (zooming) zoom(zooming);
  if (plainer) plain(plainer);
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input, textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === "e") document.querySelector("[data-edit-points]")?.click();
});

document.querySelector(".film [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// On paper the table is open, whatever it is on the screen.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".measure-table details")) details.open = true;
});

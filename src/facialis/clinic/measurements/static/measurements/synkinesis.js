// A circle that is pointed at lights its place on the face, and a place on the face its column.

const placeAt = (target) => target.closest?.("[data-place]")?.dataset.place ?? "";

function light(place) {
  for (const part of document.querySelectorAll("[data-face-map] [data-place]")) part.classList.toggle("is-lit", part.dataset.place === place);
  for (const cell of document.querySelectorAll("[data-matrix] [data-place]")) {
    cell.classList.toggle("is-lit", Boolean(place) && cell.dataset.place === place);
  }
}

document.addEventListener("pointerover", (event) => light(placeAt(event.target)));
document.addEventListener("focusin", (event) => light(placeAt(event.target)));

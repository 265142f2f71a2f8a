// Points of a target: used or not, and the first press of "more" begins with a sensible dose instead of one step.

import { numberOf } from "../site/js/numbers.js";

/** Whether the point is not used. What is no number is not "not used": the server says what is wrong with it. */
function isOff(input) {
  return input.value.trim() === "" || numberOf(input.value) === 0;
}

function set(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const use = event.target.closest?.("[data-point-use]");
  if (use) {
    const input = use.parentElement.querySelector("input");
    set(input, isOff(input) ? input.dataset.first : "0");
    return;
  }
  const more = event.target.closest?.(".plan-stepper [data-stepper-up]");
  const input = more?.parentElement.querySelector("input");
  if (input && isOff(input)) {
    event.stopImmediatePropagation(); // the stepper would add one step to nothing
    set(input, input.dataset.first);
  }
}, { capture: true });

// Not at each key: a dose of 0.5 begins with 0, and its field would vanish under the finger.
document.addEventListener("change", (event) => {
  const point = event.target.closest?.(".plan-point");
  if (!point) return;
  const off = isOff(event.target);
  point.classList.toggle("plan-point--off", off);
  point.querySelector("[data-point-use]").setAttribute("aria-pressed", String(!off));
});

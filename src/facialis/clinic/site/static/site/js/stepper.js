// Less and more of a number, on the product's step and within its limits.

import { numberOf } from "./numbers.js";

function decimals(text) {
  return (String(text).split(".")[1] ?? "").length;
}

/** An end of what is allowed; ``otherwise`` where the field has none. */
function end(text, otherwise) {
  return text === undefined || text === "" ? otherwise : Number(text);
}

/** The next value on the grid of steps, as text without a trailing zero; what is no number stays as it is. */
export function stepped(input, direction) {
  const step = Number(input.dataset.step) || 1;
  const low = end(input.dataset.min, -Infinity);
  const high = end(input.dataset.max, Infinity);
  const from = Number.isFinite(low) ? low : 0;
  // Counted in whole steps, so that no sum of 0.1s drifts; a value between two steps goes to the next one.
  const count = ((input.value.trim() === "" ? from : numberOf(input.value)) - from) / step;
  if (Number.isNaN(count)) return input.value;
  const nearest = Math.round(count);
  const isOnGrid = Math.abs(count - nearest) < 1e-6;
  const next = isOnGrid ? nearest + direction : direction > 0 ? Math.ceil(count) : Math.floor(count);
  const places = Math.max(decimals(input.dataset.step ?? ""), decimals(input.dataset.min ?? ""));
  const value = Math.min(high, Math.max(low, from + next * step));
  return String(Number(value.toFixed(places)));
}

function limit(stepper) {
  const input = stepper.querySelector("input");
  const value = numberOf(input.value); // where it is no number, both comparisons are false
  stepper.querySelector("[data-stepper-down]").disabled = input.disabled || value <= end(input.dataset.min, -Infinity);
  stepper.querySelector("[data-stepper-up]").disabled = input.disabled || value >= end(input.dataset.max, Infinity);
}

function limitAll(root) {
  for (const stepper of root.querySelectorAll?.("[data-stepper]") ?? []) limit(stepper);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-stepper-down], [data-stepper-up]");
  const stepper = button?.closest("[data-stepper]");
  if (!stepper) return;
  const input = stepper.querySelector("input");
  input.value = stepped(input, button.matches("[data-stepper-up]") ? 1 : -1);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("input", (event) => {
  const stepper = event.target.closest?.("[data-stepper]");
  if (stepper) limit(stepper);
});
// A wheel over a focused number would change it by accident.
document.addEventListener("wheel", (event) => {
  if (document.activeElement === event.target && event.target.matches?.("input[type=number]")) event.target.blur();
}, { passive: true });
document.addEventListener("htmx:load", (event) => limitAll(event.target.parentElement ?? event.target));
limitAll(document);

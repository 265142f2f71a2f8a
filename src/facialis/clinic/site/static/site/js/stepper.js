// Less and more of a number, on the product's step and within its limits.

function decimals(text) {
  return (String(text).split(".")[1] ?? "").length;
}

/** The next value on the grid of steps, as text without a trailing zero. */
export function stepped(input, direction) {
  const step = Number(input.step) || 1;
  const low = input.min === "" ? -Infinity : Number(input.min);
  const high = input.max === "" ? Infinity : Number(input.max);
  const from = Number.isFinite(low) ? low : 0;
  // Counted in whole steps, so that no sum of 0.1s drifts; a value between two steps goes to the next one.
  const count = (Number(input.value || from) - from) / step;
  const nearest = Math.round(count);
  const isOnGrid = Math.abs(count - nearest) < 1e-6;
  const next = isOnGrid ? nearest + direction : direction > 0 ? Math.ceil(count) : Math.floor(count);
  const places = Math.max(decimals(input.step), decimals(input.min));
  const value = Math.min(high, Math.max(low, from + next * step));
  return String(Number(value.toFixed(places)));
}

function limit(stepper) {
  const input = stepper.querySelector("input");
  const value = Number(input.value);
  const isFilled = input.value !== "";
  stepper.querySelector("[data-stepper-down]").disabled = input.disabled || (isFilled && input.min !== "" && value <= Number(input.min));
  stepper.querySelector("[data-stepper-up]").disabled = input.disabled || (isFilled && input.max !== "" && value >= Number(input.max));
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
// A wheel over a focused number would change a dose by accident.
document.addEventListener("wheel", (event) => {
  if (document.activeElement === event.target && event.target.matches?.("input[type=number]")) event.target.blur();
}, { passive: true });
document.addEventListener("htmx:load", (event) => limitAll(event.target.parentElement ?? event.target));
limitAll(document);

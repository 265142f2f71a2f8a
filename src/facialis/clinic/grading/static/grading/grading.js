// The form of an instrument: take a suggestion over with one press, and slide what can also be typed.
// Without this script the same buttons send the form, and numbers are typed. Scores are computed by the server.

const changed = (field) => {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const answerOf = (item, name) => item.querySelector(`input[name="${name}"]:checked`)?.value
  ?? item.querySelector(`input[type="number"][name="${name}"]`)?.value ?? "";

function mark(item) {
  const button = item.querySelector("[data-take]");
  const taken = item.querySelector('input[name="taken"]');
  if (!button || !taken) return;
  if (answerOf(item, button.value) !== button.dataset.take) taken.checked = false; // answered otherwise since
  button.textContent = taken.checked ? button.dataset.taken : button.dataset.words;
  button.setAttribute("aria-pressed", String(taken.checked));
}

function take(event) {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("[data-item]");
  const typed = item.querySelector(`input[type="number"][name="${button.value}"]`);
  const field = typed ?? [...item.querySelectorAll(`input[name="${button.value}"]`)].find((one) => one.value === button.dataset.take);
  if (!field) return;
  if (typed) typed.value = button.dataset.take;
  else field.checked = true;
  item.querySelector('input[name="taken"]').checked = true;
  changed(field);
}

function slide(number) {
  const range = Object.assign(document.createElement("input"), { type: "range", min: number.min, max: number.max, step: "1" });
  range.setAttribute("aria-label", number.dataset.slide);
  range.dataset.noAutosave = "";
  const show = () => {
    const isSet = number.value !== "";
    range.classList.toggle("is-unset", !isSet);
    range.value = isSet ? number.value : String((Number(number.min) + Number(number.max)) / 2);
    if (isSet) range.removeAttribute("aria-valuetext");
    else range.setAttribute("aria-valuetext", number.dataset.unset);
  };
  const put = () => {
    number.value = range.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };
  range.addEventListener("input", (event) => { event.stopPropagation(); put(); });
  range.addEventListener("change", (event) => { event.stopPropagation(); put(); number.dispatchEvent(new Event("change", { bubbles: true })); });
  // A tap on the unset slider's own place changes nothing for the browser, and is an answer all the same.
  range.addEventListener("click", () => { if (number.value === "") { put(); number.dispatchEvent(new Event("change", { bubbles: true })); } });
  number.addEventListener("input", show);
  number.addEventListener("change", show);
  number.after(range);
  show();
}

for (const form of document.querySelectorAll("form[data-grade]")) {
  form.addEventListener("click", take);
  form.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) mark(item);
  });
  for (const item of form.querySelectorAll("[data-item]")) mark(item);
  for (const number of form.querySelectorAll("input[data-slide]")) slide(number);
}

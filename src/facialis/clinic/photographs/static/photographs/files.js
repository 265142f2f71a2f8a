// Files: dropped, chosen together, or chosen in a cell. A person says what each shows before any is sent.

import { expressionFromName } from "./expression_names.js";
import { add } from "./sending.js";
import { words } from "./words.js";

const form = document.getElementById("add-files");
const cells = () => [...document.querySelectorAll("[data-cell]")];

/** Let files be added with a script; without one the plain form stays as it is. */
export function startFiles() {
  if (!form) return;
  document.body.classList.add("has-script");
  form.querySelector("[data-plain]").hidden = true;
  const drop = form.querySelector("[data-drop]");
  drop.hidden = false;
  const many = document.getElementById("many-files");
  many.addEventListener("change", () => {
    choose([...many.files]);
    many.value = "";
  });
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.(".photo-cell__file") || !input.files.length) return;
    const mirrored = mirroredAnswer();
    if (!mirrored) {
      input.value = "";
      return;
    }
    send(input.files[0], input.name.replace("picture-", ""), mirrored);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("drop--over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      if (name === "drop" || !event.relatedTarget) drop.classList.remove("drop--over");
    });
  }
  document.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    const cell = event.target.closest?.("[data-cell]");
    choose(files, files.length === 1 ? cell?.dataset.cell : undefined);
  });
  form.querySelector("[data-chosen-add]").addEventListener("click", addChosen);
  form.querySelector("[data-chosen-forget]").addEventListener("click", forgetChosen);
}

let chosen = [];

function choose(files, expression) {
  const known = cells().map((cell) => cell.dataset.cell);
  const list = form.querySelector("[data-chosen-list]");
  for (const file of files) {
    const suggested = expression ?? expressionFromName(file.name, known);
    const item = document.createElement("li");
    item.className = "chosen__item";
    const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: "", className: "chosen__picture" });
    const select = document.createElement("select");
    select.className = "input";
    select.setAttribute("aria-label", file.name);
    select.append(new Option(words("chooseView"), ""));
    for (const cell of cells()) select.append(new Option(cell.dataset.label, cell.dataset.cell, false, cell.dataset.cell === suggested));
    const name = Object.assign(document.createElement("p"), { textContent: file.name, className: "chosen__name" });
    const box = document.createElement("div");
    box.append(name, select);
    item.append(picture, box);
    list.append(item);
    chosen.push({ file, select, picture });
  }
  form.querySelector("[data-chosen]").hidden = false;
  chosen.at(-files.length)?.select.focus();
}

function addChosen() {
  const error = form.querySelector("[data-chosen-error]");
  error.textContent = "";
  const views = chosen.map(({ select }) => select.value);
  if (views.includes("") || new Set(views).size < views.length) {
    error.textContent = words("eachOnce");
    chosen.find(({ select }) => !select.value || views.indexOf(select.value) !== views.lastIndexOf(select.value))?.select.focus();
    return;
  }
  const mirrored = mirroredAnswer();
  if (!mirrored) {
    error.textContent = words("mirroredFirst");
    return;
  }
  for (const { file, select } of chosen) send(file, select.value, mirrored);
  forgetChosen();
}

function forgetChosen() {
  for (const { picture } of chosen) URL.revokeObjectURL(picture.src);
  chosen = [];
  form.querySelector("[data-chosen-list]").replaceChildren();
  form.querySelector("[data-chosen-error]").textContent = "";
  form.querySelector("[data-chosen]").hidden = true;
}

function send(file, expression, mirrored) {
  const { label_name: name, label_reason: reason } = form.elements;
  add({ expression, blob: file, mirrored, fileName: file.name, labelName: name.value, labelReason: reason.value });
}

/** What was said about the pictures; where nothing was, the question gets the focus and says so. */
function mirroredAnswer() {
  const radios = [...form.querySelectorAll('input[name="mirrored"]')];
  const answer = radios.find((radio) => radio.checked)?.value ?? "";
  const group = radios[0].closest("fieldset");
  group.querySelector("[data-missing]")?.remove();
  if (!answer) {
    const error = Object.assign(document.createElement("p"), { className: "field__error", textContent: words("mirroredFirst") });
    error.dataset.missing = "";
    error.setAttribute("role", "alert");
    group.querySelector("legend").after(error);
    radios[0].focus();
  }
  return answer;
}

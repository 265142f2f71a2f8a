// What somebody types is kept in this browser until the server has it: per form and per user, offered again after
// a time-out, gone after success. Passwords, files and hidden fields are never kept.

import { words } from "./words.js";

const PREFIX = "facialis-draft";
const WAIT_MS = 800;
const KEPT_DAYS = 7; // a draft of a patient does not stay in a browser for ever
const KEPT_MS = KEPT_DAYS * 24 * 3600 * 1000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);

const name = (form) => `${PREFIX}:${form.dataset.autosaveUser ?? ""}:${form.dataset.autosave}`;
const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function fields(form) {
  return [...form.elements].filter((field) => field.name && !NEVER.has(field.type) && !("noAutosave" in field.dataset));
}

function values(form) {
  return fields(form).map((field) => {
    const value = field.type === "checkbox" || field.type === "radio" ? field.checked
      : field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
    return [field.name, field.type === "radio" || field.type === "checkbox" ? field.value : "", value];
  });
}

function putBack(form, kept) {
  const waiting = [...kept];
  for (const field of fields(form)) {
    const isChoice = field.type === "checkbox" || field.type === "radio";
    const at = waiting.findIndex(([one, choice]) => one === field.name && choice === (isChoice ? field.value : ""));
    if (at < 0) continue;
    const [[, , value]] = waiting.splice(at, 1);
    if (isChoice) field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < KEPT_MS ? draft : null;
  } catch {
    return null; // no storage, or not ours: then there is no draft
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

function says(form) {
  return form.querySelector("[data-autosave-says]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "autosave" }));
}

function keep(form, place) {
  const at = Date.now();
  try {
    localStorage.setItem(name(form), JSON.stringify({ at, values: values(form) }));
    place.textContent = words("draftKept", { time: clock(at) });
  } catch {
    place.textContent = words("draftNotKept");
  }
}

function offer(form, draft, place) {
  const box = Object.assign(document.createElement("div"), { className: "callout" });
  const text = Object.assign(document.createElement("p"), { textContent: words("draftFound", { time: `${new Date(draft.at).toLocaleDateString()} ${clock(draft.at)}` }) });
  const row = Object.assign(document.createElement("div"), { className: "button-group" });
  const back = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words("restore") });
  const away = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: words("discard") });
  box.setAttribute("role", "status");
  back.addEventListener("click", () => {
    putBack(form, draft.values);
    box.remove();
    place.textContent = words("restored");
  });
  away.addEventListener("click", () => {
    remove(name(form));
    box.remove();
  });
  row.append(back, away);
  box.append(text, row);
  form.prepend(box);
}

function watch(form) {
  if (form.dataset.autosaveWatched) return;
  form.dataset.autosaveWatched = "yes";
  const place = says(form);
  place.setAttribute("role", "status");
  const draft = read(name(form));
  if (draft && JSON.stringify(draft.values) !== JSON.stringify(values(form))) offer(form, draft, place);
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, place), WAIT_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  window.addEventListener("pagehide", () => {
    if (timer) keep(form, place);
  });
}

/** Forget drafts by their keys, for every user of this browser: the server has them. */
export function clear(keys) {
  try {
    for (const stored of Object.keys(localStorage)) {
      if (stored.startsWith(`${PREFIX}:`) && keys.some((key) => stored.endsWith(`:${key}`))) remove(stored);
    }
  } catch {
    // no storage, nothing to forget
  }
}

function forgetOld() {
  try {
    for (const stored of Object.keys(localStorage)) {
      if (stored.startsWith(`${PREFIX}:`) && !read(stored)) remove(stored);
    }
  } catch {
    // no storage, nothing to forget
  }
}

function watchAll(root) {
  for (const form of root.querySelectorAll?.("form[data-autosave]") ?? []) watch(form);
}

clear((document.body.dataset.autosaveClear ?? "").split(" ").filter(Boolean));
forgetOld();
watchAll(document);
document.addEventListener("htmx:load", (event) => watchAll(event.target.parentElement ?? event.target));
// By htmx the server says it: HX-Trigger: {"autosave-clear": "note-12"}
document.addEventListener("autosave-clear", (event) => clear(String(event.detail?.value ?? "").split(" ").filter(Boolean)));

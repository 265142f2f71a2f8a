// The editor of a plan: edits go to the server one after another, and its answer replaces the pieces that changed.

import { Queue } from "./queue.js";
import { apply } from "./pieces.js";
import "./points.js";
import "./pictures.js";

const WAIT_MS = 250; // a few presses of a stepper are one edit
const CHECK_MS = 4000;
const MOST_CHECKS = 30;

const editor = document.getElementById("plan-editor");
const said = document.getElementById("plan-said");
const queue = new Queue({ url: editor.dataset.editUrl, onAnswer: answered, onFailure: failed });
const timers = new Map();
let checks = 0;

/** Put an edit into the queue; a newer one of the same place takes its place. */
function send(form, name = form.dataset.edit) {
  clearTimeout(timers.get(name));
  timers.delete(name);
  queue.add(name, new FormData(form));
}

function later(form) {
  const name = form.dataset.edit;
  clearTimeout(timers.get(name));
  queue.hold(name);
  timers.set(name, setTimeout(() => send(form), WAIT_MS));
}

function answered(html, { name, status, isLast }) {
  apply(html, { keepRows: !isLast, edited: name });
  const bar = document.getElementById("plan-bar");
  if (status < 400) say(bar.dataset.says);
  else (document.querySelector("[data-refused]") ?? document.getElementById("plan-notice")).scrollIntoView({ block: "nearest" });
  document.querySelector("[data-plan-stale]")?.focus();
  waitForCheck();
}

function failed(retry) {
  said.textContent = "";
  said.classList.add("plan__said--bad");
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "button button--small", textContent: editor.dataset.saidRetry,
  });
  button.addEventListener("click", () => {
    say("");
    retry();
  });
  said.append(`${editor.dataset.saidUnsaved} `, button);
}

function say(sentence) {
  said.classList.remove("plan__said--bad");
  said.textContent = sentence;
}

function waitForCheck() {
  const bar = document.getElementById("plan-bar");
  if (bar.dataset.checked === "yes") {
    checks = 0;
    return;
  }
  const form = document.querySelector('form[data-edit="check"]');
  if (!form || checks >= MOST_CHECKS) return;
  checks += 1;
  setTimeout(() => {
    if (queue.isIdle) send(form);
  }, CHECK_MS);
}

editor.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-edit]");
  if (!form) return;
  event.preventDefault();
  send(form);
});
editor.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-changes]");
  // Whatever was typed: the server refuses what cannot be, in words, and its answer shows what is kept.
  if (form) later(form);
});
// What is not saved yet is not lost by leaving the page without a word.
addEventListener("beforeunload", (event) => {
  if (!queue.isIdle) event.preventDefault();
});
// The read-back shows what is saved: edits under way come first.
editor.addEventListener("click", (event) => {
  const link = event.target.closest?.("#plan-to-time-out");
  if (!link || queue.isIdle) return;
  event.preventDefault();
  for (const [name] of timers) {
    const form = editor.querySelector(`form[data-edit="${CSS.escape(name)}"]`);
    if (form) send(form);
  }
  queue.whenIdle(() => link.ownerDocument.getElementById("plan-to-time-out").click());
});
waitForCheck();

// Send photographs one after another until the server confirms each; keep them until then.

import { all, forget, keep, isKept } from "./unsent.js";
import { newKey, words } from "./words.js";
import { say } from "../site/js/messages.js";
import { ask } from "../site/js/dialog.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const ANSWER_MS = 60000; // a large file over a slow line, and its decoding

const page = document.querySelector("[data-capture]");
const box = document.querySelector("[data-unsent]");
const { visit, user, addUrl } = page.dataset;

let waitMs = FIRST_WAIT_MS;
let isSending = false;
let timer = 0;
const listeners = new Set();

/** Be told of {key, expression, state: "sending" | "sent" | "kept" | "refused", sentence}. */
export function onChange(listener) {
  listeners.add(listener);
}

function tell(photograph, state, sentence) {
  for (const listener of listeners) listener({ ...photograph, state, sentence });
}

/** Keep a photograph on this device and send it. */
export async function add({ expression, blob, mirrored, fileName = "", isFromCamera = false, labelName = "", labelReason = "" }) {
  const takenAt = new Date().toISOString();
  const photograph = { key: newKey(), visit, user, addUrl, visitUrl: location.pathname, expression, blob, mirrored, fileName, isFromCamera, labelName, labelReason, takenAt: isFromCamera ? takenAt : "", madeAt: takenAt, refusal: "" };
  await keep(photograph);
  if (!isKept) say(words("noStorage"));
  tell(photograph, "sending", words("sending"));
  sendSoon(0);
  return photograph.key;
}

function sendSoon(ms) {
  clearTimeout(timer);
  timer = setTimeout(sendAll, ms);
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    const mine = (await all(user)).filter((one) => one.visit === visit && !one.refusal).sort((a, b) => a.madeAt.localeCompare(b.madeAt));
    for (const photograph of mine) {
      if (!(await send(photograph))) {
        sendSoon(waitMs * (0.75 + Math.random() / 2));
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        break;
      }
      waitMs = FIRST_WAIT_MS;
    }
  } finally {
    isSending = false;
    await show();
  }
  // One that was added while the last was on its way
  if ((await all(user)).some((one) => one.visit === visit && !one.refusal) && waitMs === FIRST_WAIT_MS) sendSoon(0);
}

/** True when nothing is left to do for it: stored, or refused with a sentence. */
async function send(photograph) {
  tell(photograph, "sending", words("sending"));
  let answer;
  try {
    answer = await fetch(photograph.addUrl, { method: "POST", body: form(photograph), headers: { Accept: "application/json", "X-CSRFToken": token() }, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
  } catch {
    tell(photograph, "kept", words("kept"));
    return false;
  }
  if (answer.type === "opaqueredirect") {
    tell(photograph, "kept", words("signedOut"));
    say(words("signedOut"));
    return false;
  }
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) {
    await forget(photograph.key);
    tell(photograph, "sent", words("sent"));
    lookAgain();
    return true;
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
    tell(photograph, "kept", words("kept"));
    return false;
  }
  const refusal = said?.sentence ?? words("notAnswered");
  await keep({ ...photograph, refusal, refusedFields: said?.fields ?? {} });
  tell(photograph, "refused", refusal);
  return true;
}

function form(photograph) {
  const data = new FormData();
  data.append(`key-${photograph.expression}`, photograph.key);
  data.append("mirrored", photograph.mirrored);
  if (photograph.isFromCamera) data.append("is_from_camera", "on");
  if (photograph.takenAt) data.append("taken_at", photograph.takenAt);
  data.append("label_name", photograph.labelName);
  data.append("label_reason", photograph.labelReason);
  data.append(`picture-${photograph.expression}`, photograph.blob, photograph.fileName || "camera.jpg");
  return data;
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
}

/** Ask the server what changed in the grid. */
export function lookAgain() {
  const line = document.getElementById("capture-progress");
  if (line) window.htmx.trigger(line, "refresh");
}

/** What is on this device alone. */
export async function show() {
  const kept = await all(user);
  const here = kept.filter((one) => one.visit === visit);
  const waiting = here.filter((one) => !one.refusal);
  const elsewhere = kept.filter((one) => one.visit !== visit);
  const sentences = [];
  if (waiting.length) sentences.push(waiting.length === 1 ? words("unsentOne") : words("unsentMany", { count: waiting.length }));
  const says = box.querySelector("[data-unsent-says]");
  says.replaceChildren(sentences.join(" "));
  if (elsewhere.length) {
    const link = Object.assign(document.createElement("a"), { href: elsewhere[0].visitUrl, textContent: words("openVisit") });
    says.append(` ${words("unsentElsewhere", { count: elsewhere.length })} `, link);
  }
  box.querySelector("[data-unsent-refused]").replaceChildren(
    ...here.filter((one) => one.refusal).map((one) => {
      const item = document.createElement("li");
      const name = Object.assign(document.createElement("strong"), { textContent: words("refused", { view: label(one.expression) }) });
      item.append(name, `: ${one.refusal}`);
      return item;
    }),
  );
  box.querySelector("[data-unsent-send]").hidden = box.querySelector("[data-unsent-forget]").hidden = !here.length;
  // What is on its way needs no words unless it takes long.
  box.hidden = !(elsewhere.length || here.some((one) => one.refusal) || (waiting.length && !isSending));
}

function label(expression) {
  return document.querySelector(`[data-cell="${expression}"]`)?.dataset.label ?? expression;
}

box.querySelector("[data-unsent-send]").addEventListener("click", async () => {
  const about = document.getElementById("add-files");
  for (const one of (await all(user)).filter((each) => each.visit === visit && each.refusal)) {
    // A person may have said more since, such as why the label names somebody else.
    const { refusedFields, ...rest } = one;
    const isAboutLabel = refusedFields?.label_name !== undefined && about;
    await keep({ ...rest, refusal: "", ...(isAboutLabel ? { labelName: about.elements.label_name.value, labelReason: about.elements.label_reason.value } : {}) });
  }
  waitMs = FIRST_WAIT_MS;
  sendSoon(0);
});
box.querySelector("[data-unsent-forget]").addEventListener("click", async (event) => {
  const is = await ask({ title: words("throwAway"), text: event.target.dataset.confirmText, action: words("throw"), cancel: words("goBack"), isDanger: true });
  if (!is) return;
  for (const one of (await all(user)).filter((each) => each.visit === visit)) await forget(one.key);
  await show();
});
window.addEventListener("online", () => {
  waitMs = FIRST_WAIT_MS;
  sendSoon(0);
});

show(); // after a reload: what was not confirmed is offered, not sent behind anybody's back

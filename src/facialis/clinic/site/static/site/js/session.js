// Says before the session ends, offers to stay, and leads to the sign-in page afterwards; drafts are kept by autosave.js.
// Every request that a person made renews the session, so htmx answers start the count again, in every tab.
// When it has ended, nothing of the patient stays on the screen: who sits there now is not known.

import { ask } from "./dialog.js";
import { say } from "./messages.js";
import { words } from "./words.js";

const WARN_S = 120;
const KEY = "facialis-session-renewed";
const BY_ITSELF = "Facialis-By-Itself"; // as in middleware.py

const { sessionEndsIn, sessionKeepUrl, sessionLoginUrl } = document.body.dataset;
const lengthMs = Number(sessionEndsIn) * 1000;
let renewedAt = Date.now();
let isAsking = false;

function renewed() {
  renewedAt = Date.now();
  try {
    localStorage.setItem(KEY, String(renewedAt)); // other tabs of the same session hear of it
  } catch {
    // this tab counts for itself
  }
}

function leftS() {
  return Math.round((renewedAt + lengthMs - Date.now()) / 1000);
}

function csrf() {
  const field = document.querySelector("[name=csrfmiddlewaretoken]");
  return field?.value ?? document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function stay() {
  const answer = await fetch(sessionKeepUrl, { method: "POST", headers: { "X-CSRFToken": csrf() }, redirect: "error" }).catch(() => null);
  if (answer?.ok) renewed();
  else say(words("sessionNotKept"));
}

async function warn() {
  isAsking = true;
  let ticking = 0;
  const wantsToStay = await ask({
    title: words("sessionTitle"),
    text: words("sessionText", { seconds: leftS() }),
    action: words("stay"),
    onOpen: ({ dialog, sentence }) => {
      ticking = setInterval(() => {
        if (leftS() > WARN_S) dialog.close(); // somebody went on in another tab
        else if (leftS() <= 0) dialog.close();
        else sentence.textContent = words("sessionText", { seconds: leftS() });
      }, 5000);
    },
  });
  clearInterval(ticking);
  isAsking = false;
  if (wantsToStay || (leftS() > 0 && leftS() <= WARN_S)) await stay();
  if (leftS() <= 0) await ended();
}

/** Take the page away: its content, what lies open over it, and the name in its title. */
function hide() {
  for (const shown of document.querySelectorAll("dialog[open]")) shown.close();
  document.documentElement.classList.add("is-signed-out");
  document.title = words("sessionEnded");
}

async function ended() {
  clearInterval(counting);
  hide();
  if (!sessionLoginUrl) {
    say(words("sessionEnded"));
    return;
  }
  await ask({ title: words("sessionEnded"), action: words("signIn"), isForNobody: true });
  location.assign(`${sessionLoginUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function look() {
  if (isAsking) return;
  if (leftS() <= 0) ended();
  else if (leftS() <= WARN_S) warn();
}

let counting = 0;
if (lengthMs > 0) {
  renewed();
  counting = setInterval(look, 5000);
  document.addEventListener("visibilitychange", look); // a sleeping tablet does not count
  // Only what a timer of the page started comes without an event: a press, a key and a word of our scripts have one.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!detail.triggeringEvent) detail.headers[BY_ITSELF] = "1";
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail?.successful && !detail.requestConfig?.headers[BY_ITSELF]) renewed();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) renewedAt = Math.max(renewedAt, Number(event.newValue) || 0);
  });
}

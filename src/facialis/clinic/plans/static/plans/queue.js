// Edits one after another: each carries the version that the one before it made, so that none overwrites another.

const TIMEOUT_MS = 30000;

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // without https the browser offers no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Queue {
  #url;
  #onAnswer;
  #onFailure;
  #waiting = new Map(); // name of the place to its newest edit
  #held = new Set(); // places that are still being pressed
  #isBusy = false;
  #failed = null;
  #afterwards = [];

  constructor({ url, onAnswer, onFailure }) {
    this.#url = url;
    this.#onAnswer = onAnswer;
    this.#onFailure = onFailure;
  }

  get isIdle() {
    return !this.#isBusy && this.#waiting.size === 0 && this.#held.size === 0 && this.#failed === null;
  }

  hold(name) {
    this.#held.add(name);
  }

  add(name, data) {
    this.#held.delete(name);
    data.set("key", newKey());
    this.#waiting.delete(name); // the newest edit goes to the end
    this.#waiting.set(name, data);
    this.#next();
  }

  whenIdle(act) {
    if (this.isIdle) act();
    else this.#afterwards.push(act);
  }

  #next() {
    if (this.#isBusy || this.#failed) return;
    const [first] = this.#waiting;
    if (!first) {
      if (this.#held.size === 0) for (const act of this.#afterwards.splice(0)) act();
      return;
    }
    const [name, data] = first;
    this.#waiting.delete(name);
    data.set("version", document.getElementById("plan-bar").dataset.version);
    this.#send(name, data);
  }

  async #send(name, data) {
    this.#isBusy = true;
    let answer = null;
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        body: data,
        headers: { "X-Plan-Pieces": "yes" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.redirected) {
        location.assign(response.url); // signed in anew, or signed meanwhile
        return;
      }
      if (response.status >= 500) throw new Error(String(response.status));
      answer = { html: await response.text(), status: response.status };
    } catch {
      this.#isBusy = false;
      // The same edit with the same key: if it was made after all, it is not made twice.
      this.#failed = data;
      this.#onFailure(() => {
        this.#failed = null;
        this.#send(name, data);
      });
      return;
    }
    this.#isBusy = false;
    if (answer.status === 409) {
      this.#waiting.clear(); // they were meant for doses that somebody else has changed
      this.#held.clear();
    }
    if (answer.status >= 400) this.#afterwards.length = 0; // who wanted to go on stays, and sees what was refused
    const isLast = this.#waiting.size === 0 && this.#held.size === 0;
    this.#onAnswer(answer.html, { name, status: answer.status, isLast });
    this.#next();
  }
}

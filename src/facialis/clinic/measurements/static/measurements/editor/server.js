// What the server is asked: how it would measure these points, and to keep them.

const WAIT_MS = 90; // after the last movement

function csrf(root) {
  return root.querySelector("[name=csrfmiddlewaretoken]").value;
}

async function post(root, url, body, signal) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(root) },
    body: JSON.stringify(body),
    signal,
    redirect: "error",
  });
}

/** Ask for rows and marks a moment after the last movement; an answer that is overtaken is thrown away. */
export class Preview {
  constructor(root, onAnswer) {
    this.root = root;
    this.onAnswer = onAnswer;
    this.timer = 0;
    this.asking = null;
  }

  /** `about`: name of the chosen point, whose measures come first. */
  ask(state, about) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(state, about), WAIT_MS);
  }

  async send(state, about) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await post(this.root, this.root.dataset.previewUrl, { points: state.placed(), about }, this.asking.signal);
      this.onAnswer(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.onAnswer({ sentence: this.root.dataset.wordsNoAnswer });
    }
  }
}

/** Save; resolves to what happened, never throws. */
export async function save(root, state) {
  try {
    const answer = await post(root, root.dataset.saveUrl, { version: state.model.version, points: state.placed() });
    return { isSaved: answer.ok, ...(await answer.json()) };
  } catch {
    return { isSaved: false, sentence: root.dataset.wordsNoAnswer };
  }
}

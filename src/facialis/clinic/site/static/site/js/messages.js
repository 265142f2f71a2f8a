// One live region at the foot of the page: a sentence that is read aloud and goes away by itself.

const SHOWN_MS = 8000;

/** Say a sentence. */
export function say(sentence) {
  const region = document.querySelector("[data-toasts]");
  if (!region || !sentence) return;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.textContent = sentence;
  region.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

// The server says something after a partial update: HX-Trigger: {"say": "Saved."}
document.addEventListener("say", (event) => say(event.detail?.value ?? event.detail));

// <dialog>: opened and closed by buttons; focus returns to where it was.

/** Open a dialog and give the focus back when it closes. */
export function open(dialog) {
  const before = document.activeElement;
  dialog.addEventListener("close", () => before?.isConnected && before.focus(), { once: true });
  dialog.showModal();
}

/**
 * Ask in a dialog made for the question. Resolves to true only for the button with `action` on it.
 * `isForNobody`: it names no patient, because anybody may stand before the screen.
 */
export function ask({ title, text, action, cancel, isDanger = false, isForNobody = false, onOpen = () => {} }) {
  const dialog = document.createElement("dialog");
  dialog.className = isForNobody ? "dialog dialog--alone stack" : "dialog stack";
  dialog.setAttribute("aria-labelledby", "ask-title");
  const banner = document.querySelector(".banner__name"); // whom it concerns stands in every dialog
  const born = document.querySelector(".banner__pair dd");
  if (banner && !isForNobody) dialog.append(element("p", "micro-banner", `${banner.textContent.trim()}  ${born?.textContent.trim() ?? ""}`));
  const head = element("h2", "", title);
  head.id = "ask-title";
  const sentence = element("p", "", text ?? "");
  const row = element("div", "button-group", "");
  const yes = element("button", `button ${isDanger ? "button--danger" : "button--primary"}`, action);
  row.append(yes);
  if (cancel) {
    const no = element("button", "button button--quiet", cancel);
    no.addEventListener("click", () => dialog.close());
    row.append(no);
  }
  dialog.append(head, sentence, row);
  document.body.append(dialog);
  open(dialog);
  onOpen({ dialog, sentence });
  return new Promise((resolve) => {
    let answer = false;
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
  });
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (name === "button") made.type = "button";
  made.textContent = text;
  return made;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    if (dialog instanceof HTMLDialogElement) open(dialog);
    return;
  }
  event.target.closest?.("[data-dialog-close]")?.closest("dialog")?.close();
});

// A menu closes on Escape and on a press elsewhere
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A button with data-confirm asks before its form is sent. Without JavaScript the server asks on a page of its own.

import { ask } from "./dialog.js";
import { words } from "./words.js";

const confirmed = new WeakSet();

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const button = event.submitter;
    const asker = button?.dataset.confirm ? button : form.dataset.confirm ? form : null;
    if (!asker) return;
    if (confirmed.has(form)) {
      confirmed.delete(form);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); // neither once.js nor htmx sees a form that was not confirmed
    const isSure = await ask({
      title: asker.dataset.confirm,
      text: asker.dataset.confirmText,
      action: asker.dataset.confirmAction ?? button?.textContent.trim() ?? words("continue"),
      cancel: words("cancel"),
      isDanger: asker.classList.contains("button--danger") || "confirmDanger" in asker.dataset,
    });
    if (!isSure) return;
    // Tells the server that the question was asked here, so that it need not ask again.
    let answer = form.elements.namedItem("confirmed");
    if (!answer) {
      answer = Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed" });
      form.append(answer);
    }
    answer.value = "yes";
    confirmed.add(form);
    form.requestSubmit(button ?? undefined);
  },
  { capture: true },
);

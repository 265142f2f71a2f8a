// Signing with a passkey: the device proves who is there, then the same form is sent with its answer.

import { isPossible, prove } from "./passkeys.js";

async function sign(button) {
  const box = button.closest("[data-identity]");
  const form = button.closest("form");
  const says = box.querySelector("[data-identity-says]");
  says.textContent = "";
  if (!form.reportValidity()) return;
  button.disabled = true;
  try {
    const answer = await fetch(box.dataset.identityOptions, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    const { request_options: options } = await answer.json();
    box.querySelector("[data-identity-passkey]").value = await prove(options);
    form.requestSubmit(form.querySelector("[data-identity-submit]") ?? form.querySelector("[type=submit], button:not([type])"));
  } catch {
    says.textContent = box.dataset.identityFailed; // cancelled, or no passkey of this person on the device
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-identity-button]");
  if (button) sign(button);
});
for (const button of document.querySelectorAll("[data-identity-button]")) button.hidden = !isPossible();

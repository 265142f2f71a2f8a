// Forms of signing in that send the answer of a passkey: <form data-passkey="login|prove|make">.

import { isPossible, make, prove } from "./passkeys.js";

const given = (form) => JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);

async function asked(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

const ANSWERS = {
  login: async (form) => prove(await asked(form)),
  prove: async (form) => prove(given(form).request_options),
  make: async (form) => make(given(form).creation_options, form.elements.namedItem("passwordless")?.checked ?? false),
};

async function send(form) {
  const says = form.querySelector("[data-passkey-says]");
  says.textContent = "";
  try {
    form.elements.namedItem("credential").value = await ANSWERS[form.dataset.passkey](form);
  } catch {
    says.textContent = says.dataset.failed; // cancelled, or the device has no passkey for this clinic
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isPossible()) {
    const says = form.querySelector("[data-passkey-says]");
    says.textContent = says.dataset.impossible;
    for (const button of document.querySelectorAll("[data-passkey-button]")) if (button.form === form) button.hidden = true;
    continue;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

// Light, dark, or as the device says. Loaded in the head, so that no page flashes in the other theme.

const KEY = "facialis-theme";
const CHOICES = new Set(["light", "dark", "system"]);

function remembered() {
  try {
    const found = localStorage.getItem(KEY);
    return CHOICES.has(found) ? found : "system";
  } catch {
    return "system"; // storage is switched off: the device decides
  }
}

function show(choice) {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

function choose(choice) {
  if (!CHOICES.has(choice)) return;
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // it holds for this page alone
  }
  show(choice);
}

show(remembered());
document.addEventListener("DOMContentLoaded", () => show(remembered()));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-choice]");
  if (button) choose(button.dataset.themeChoice);
});
window.addEventListener("storage", (event) => {
  if (event.key === KEY) show(remembered()); // chosen in another tab
});

// When a form comes back with errors, the summary takes the focus; its links go to the fields.

function focusSummary(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector?.("[data-error-summary]");
  summary?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
document.addEventListener("htmx:load", (event) => focusSummary(event.target));
focusSummary(document);

// Beside each number from 0 to 10 a slider that says the same; the number alone is sent, and empty means not asked.

for (const number of document.querySelectorAll("input[data-weight]")) {
  const slider = Object.assign(document.createElement("input"), { type: "range", min: "0", max: "10", step: "1" });
  slider.className = "weight__slider";
  slider.setAttribute("aria-label", document.querySelector(`label[for="${number.id}"]`)?.textContent ?? "");
  slider.dataset.noAutosave = "";
  const follow = () => {
    const isAsked = number.value !== "";
    slider.value = isAsked ? number.value : "0";
    slider.classList.toggle("weight__slider--not-asked", !isAsked);
    slider.setAttribute("aria-valuetext", isAsked ? number.value : "–");
  };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", follow);
  number.before(slider);
  follow();
}

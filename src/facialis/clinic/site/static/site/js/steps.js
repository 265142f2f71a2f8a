// The steps of a visit lie in one row on a tablet: the current one is brought into view, also after they were renewed.

const still = matchMedia("(prefers-reduced-motion: reduce)");

function showCurrent(behavior) {
  document
    .querySelector("#steps [aria-current='step']")
    ?.scrollIntoView({ inline: "center", block: "nearest", behavior: still.matches ? "instant" : behavior });
}

showCurrent("instant"); // as the page opens nothing moves
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "steps") showCurrent("smooth");
});

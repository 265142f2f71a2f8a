// The slider of before and after: moves the edge of the later photograph.
for (const figure of document.querySelectorAll("[data-compare]")) {
  const range = document.querySelector("[data-compare-range]");
  const clip = figure.querySelector("[data-compare-clip]");
  const line = figure.querySelector("[data-compare-line]");
  const [left, , width] = figure.querySelector("svg").getAttribute("viewBox").split(" ").map(Number);
  const place = () => {
    const at = left + (width * Number(range.value)) / 100;
    clip.setAttribute("x", at);
    clip.setAttribute("width", Math.max(0, left + width - at));
    line.setAttribute("x1", at);
    line.setAttribute("x2", at);
  };
  range.addEventListener("input", place);
  place();
}

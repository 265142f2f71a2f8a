// The point editor: puts state, drawing, view, panel and server together.

import { Draft } from "./editor/draft.js";
import { Drawing } from "./editor/drawing.js";
import { listen } from "./editor/gestures.js";
import { Panel } from "./editor/panel.js";
import { Preview, save } from "./editor/server.js";
import { State } from "./editor/state.js";
import { View } from "./editor/view.js";
import { show as showMarks } from "./marks.js";

const root = document.querySelector("[data-point-editor]");
const svg = root.querySelector("[data-photo]");
const state = new State(JSON.parse(document.getElementById("editor-model").textContent));
const drawing = new Drawing(svg, state);
const draft = new Draft(state, root.dataset.user);
const button = (name) => root.querySelector(`[data-${name}]`);
let isAboutPoints = false; // what the preview said goes when the points are well again; all else stays to be read
function tell(sentence, ofPreview = false) {
  if (ofPreview && !sentence && !isAboutPoints) return;
  root.querySelector("[data-says]").textContent = sentence ?? "";
  isAboutPoints = ofPreview;
}

const view = new View(svg, state.model, (zone) => {
  for (const choice of root.querySelectorAll("[data-zone]")) choice.setAttribute("aria-pressed", String(choice.dataset.zone === zone));
  drawing.draw();
});

function zoneOf(name) {
  const places = state.model.handles.filter((handle) => handle.zone === name).map((handle) => state.place(handle.id));
  view.frame(places, name);
}

function select(id) {
  if (id === drawing.selected) return;
  drawing.selected = id;
  panel.show(id);
  drawing.draw();
  preview.ask(state, aboutOf(id));
}

/** Name of the point behind a handle, as the server knows it. */
const aboutOf = (id) => (id ? state.handles.get(id).refs[0][1] : "");

const panel = new Panel(root, {
  state,
  select,
  zoomTo: (id) => {
    const { zone } = state.handles.get(id);
    if (drawing.isDense(id) && view.zone !== zone) zoneOf(zone);
    else if (!view.shows(state.place(id))) view.face(); // chosen in the list while another part is enlarged
  },
});

const preview = new Preview(root, (answer) => {
  if (answer.rows) {
    const open = [...root.querySelectorAll("[data-rows] details")].map((details) => details.open);
    root.querySelector("[data-rows]").innerHTML = answer.rows;
    root.querySelectorAll("[data-rows] details").forEach((details, n) => {
      details.open = open[n] ?? false;
    });
    root.querySelector("[data-face-marks]").innerHTML = answer.marks;
    showMarks();
  }
  tell(answer.sentence, true);
});

state.onChange(() => {
  drawing.draw();
  panel.refresh();
  draft.keep();
  preview.ask(state, aboutOf(drawing.selected));
  button("undo").disabled = !state.past.length;
  button("redo").disabled = !state.future.length;
  button("save").disabled = !state.isDirty;
  root.querySelector("[data-count]").textContent = state.isDirty ? root.dataset.wordsMoved.replace("{count}", state.moves.size) : "";
});

listen(svg, { state, drawing, view, select, selected: () => drawing.selected });
button("undo").addEventListener("click", () => state.undo());
button("redo").addEventListener("click", () => state.redo());
button("closer").addEventListener("click", () => view.zoom(1.4));
button("farther").addEventListener("click", () => view.zoom(1 / 1.4));
root.addEventListener("click", (event) => {
  const zone = event.target.closest("[data-zone]");
  if (zone) zone.dataset.zone ? zoneOf(zone.dataset.zone) : view.face();
});

let isLeaving = false;
button("save").addEventListener("click", async () => {
  button("save").setAttribute("aria-busy", "true");
  const answer = await save(root, state);
  button("save").removeAttribute("aria-busy");
  if (answer.isSaved) {
    draft.clear();
    isLeaving = true;
    location.assign(answer.url);
  } else tell(answer.sentence);
});

document.addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (isUndo && !event.target.matches("input")) {
    event.preventDefault();
    event.shiftKey ? state.redo() : state.undo();
  } else if (event.key === "Escape" && drawing.selected) select("");
});

window.addEventListener("beforeunload", (event) => {
  if (state.isDirty && !isLeaving) event.preventDefault();
});
new ResizeObserver(() => drawing.draw()).observe(svg);

const kept = draft.read();
if (kept && Object.keys(kept.places ?? {}).length) {
  draft.restore(kept);
  tell(kept.version === state.model.version ? root.dataset.wordsRestored : root.dataset.wordsRestoredNewer);
}
drawing.draw();

// Drag a point; or select it and tap where it belongs; or move the picture with one finger and enlarge it with two.

import { MOUSE_PX } from "./drawing.js";

const SLIP_PX = 5; // a press that moves less is a tap

export function listen(svg, { state, drawing, view, select, selected }) {
  const fingers = new Map();
  let dragged = null; // { id, offset, hasMoved }
  let panned = null; // { from, hasMoved }
  let pinch = null;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    svg.setPointerCapture(event.pointerId);
    if (fingers.size === 2) {
      dragged = panned = null;
      pinch = spread(fingers);
      return;
    }
    const id = nearest(event);
    if (!id) {
      panned = { from: [event.clientX, event.clientY], hasMoved: false };
      return;
    }
    event.preventDefault();
    const isNew = id !== selected();
    select(id);
    // Where points are closer than a finger, the first touch enlarges and moves nothing.
    const apartPx = event.pointerType === "mouse" ? MOUSE_PX : undefined;
    if (isNew && drawing.isDense(id, apartPx) && view.zone !== state.handles.get(id).zone) {
      zoomTo(id);
      return;
    }
    const [x, y] = view.at(event.clientX, event.clientY);
    const [placeX, placeY] = state.place(id);
    dragged = { id, offset: [placeX - x, placeY - y], from: [event.clientX, event.clientY], hasMoved: false };
  });

  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (pinch && fingers.size === 2) {
      const now = spread(fingers);
      view.zoom(now.distance / pinch.distance, view.at(...now.middle));
      const scale = drawing.scale;
      view.pan((now.middle[0] - pinch.middle[0]) / scale, (now.middle[1] - pinch.middle[1]) / scale);
      pinch = now;
    } else if (dragged) {
      if (!dragged.hasMoved && distance(dragged.from, [event.clientX, event.clientY]) < SLIP_PX) return;
      if (!dragged.hasMoved) state.remember();
      dragged.hasMoved = true;
      const [x, y] = view.at(event.clientX, event.clientY);
      state.moveTo(dragged.id, x + dragged.offset[0], y + dragged.offset[1]);
    } else if (panned) {
      if (!panned.hasMoved && distance(panned.from, [event.clientX, event.clientY]) < SLIP_PX) return;
      panned.hasMoved = true;
      const scale = drawing.scale;
      view.pan((event.clientX - before[0]) / scale, (event.clientY - before[1]) / scale);
    }
  });

  function end(event) {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size < 2) pinch = null;
    if (panned && !panned.hasMoved && event.type === "pointerup" && selected()) {
      state.remember();
      state.moveTo(selected(), ...view.at(event.clientX, event.clientY));
    }
    if (!fingers.size) dragged = panned = null;
  }

  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !svg.matches(":hover")) return;
      event.preventDefault();
      view.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, view.at(event.clientX, event.clientY));
    },
    { passive: false },
  );

  /** The handle under a pointer: the nearest, not the topmost. */
  function nearest(event) {
    const [x, y] = view.at(event.clientX, event.clientY);
    const reach = (event.pointerType === "touch" ? 22 : 14) / drawing.scale;
    let best = "";
    let least = reach;
    for (const handle of state.model.handles) {
      const far = distance([x, y], state.place(handle.id));
      if (far < least) [best, least] = [handle.id, far];
    }
    return best;
  }

  function zoomTo(id) {
    const zone = state.handles.get(id).zone;
    const places = state.model.handles.filter((handle) => handle.zone === zone).map((handle) => state.place(handle.id));
    view.frame(places, zone);
  }
}

function spread(fingers) {
  const [a, b] = [...fingers.values()];
  return { distance: Math.max(distance(a, b), 1), middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
}

const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

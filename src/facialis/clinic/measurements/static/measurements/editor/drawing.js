// Contours, the detector's rings and the handles over the photograph. Attributes only: no inline styles.

const SVG = "http://www.w3.org/2000/svg";
const CONTOURS = ["brow", "upper_lid", "lower_lid", "nasolabial", "upper_lip_outer", "upper_lip_inner", "lower_lip_inner", "lower_lip_outer"];
const RING_FROM_PX = 0.5; // a ring is drawn where the point lies farther than this from what was found
const DOT_PX = 5;
const FINGER_PX = 24;
export const MOUSE_PX = 7;
const TARGET_PX = 14; // radius: 28 px to hit

export class Drawing {
  constructor(svg, state) {
    this.svg = svg;
    this.state = state;
    this.lines = svg.querySelector("[data-lines]");
    this.rings = svg.querySelector("[data-rings]");
    this.dots = svg.querySelector("[data-handles]");
    this.selected = "";
    this.paths = this.makeLines();
    this.makeHandles();
  }

  makeLines() {
    const paths = new Map();
    for (const layer of ["overlay-line overlay-line--under", "overlay-line"]) {
      for (const side of ["right", "left"]) {
        for (const name of [...CONTOURS, "iris"]) {
          const path = element("path", { class: layer });
          this.lines.append(path);
          const key = `${side}.${name}`;
          paths.set(key, [...(paths.get(key) ?? []), path]);
        }
      }
    }
    return paths;
  }

  makeHandles() {
    this.marks = new Map();
    for (const handle of this.state.model.handles) {
      const group = element("g", { class: "handle", "data-handle": handle.id });
      group.append(element("circle", { class: "handle__target" }), element("circle", { class: "handle__dot" }));
      const ring = element("circle", { class: "handle__ring" });
      const tether = element("line", { class: "handle__tether" });
      this.rings.append(tether, ring);
      this.dots.append(group);
      this.marks.set(handle.id, { group, ring, tether });
    }
  }

  /** Screen pixels of one pixel of the picture. */
  get scale() {
    return this.svg.getScreenCTM()?.a || 1;
  }

  draw() {
    const points = this.state.points();
    for (const side of ["right", "left"]) {
      for (const name of CONTOURS) this.setPath(`${side}.${name}`, line(points[side][name]));
      this.setPath(`${side}.iris`, circle(points[side].iris_centre, points[side].iris_diameter));
    }
    const px = 1 / this.scale;
    for (const [id, { group, ring, tether }] of this.marks) {
      const [x, y] = this.state.place(id);
      const [foundX, foundY] = this.state.found(id);
      const isMoved = Math.hypot(x - foundX, y - foundY) > RING_FROM_PX;
      const isSelected = id === this.selected;
      set(group.children[0], { cx: x, cy: y, r: TARGET_PX * px });
      set(group.children[1], { cx: x, cy: y, r: (isSelected ? DOT_PX + 2 : DOT_PX) * px });
      group.classList.toggle("is-selected", isSelected);
      group.classList.toggle("is-moved", isMoved);
      ring.classList.toggle("is-shown", isMoved);
      tether.classList.toggle("is-shown", isMoved && isSelected);
      if (isMoved) {
        set(ring, { cx: foundX, cy: foundY, r: 4 * px });
        set(tether, { x1: foundX, y1: foundY, x2: x, y2: y });
      }
    }
  }

  setPath(key, data) {
    for (const path of this.paths.get(key)) path.setAttribute("d", data);
  }

  /** Whether another handle is nearer than a finger, or a mouse, can tell. */
  isDense(id, apartPx = FINGER_PX) {
    const [x, y] = this.state.place(id);
    const near = apartPx / this.scale;
    return this.state.model.handles.some((other) => {
      if (other.id === id) return false;
      const [otherX, otherY] = this.state.place(other.id);
      return Math.hypot(x - otherX, y - otherY) < near;
    });
  }
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function set(target, attributes) {
  for (const [key, value] of Object.entries(attributes)) target.setAttribute(key, value.toFixed(2));
}

function line(points) {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" ")}`;
}

function circle(centre, diameter) {
  if (!centre || !diameter) return "";
  const r = (diameter / 2).toFixed(1);
  return `M${(centre[0] - diameter / 2).toFixed(1)} ${centre[1].toFixed(1)}a${r} ${r} 0 1 0 ${diameter.toFixed(1)} 0a${r} ${r} 0 1 0 ${(-diameter).toFixed(1)} 0`;
}

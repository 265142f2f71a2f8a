// Which part of the picture is seen: whole face, a part of it, or what wheel and two fingers make of it.

const CLOSEST = 24; // pixels of the picture across: nobody needs more
const MARGIN = 0.35;

export class View {
  constructor(svg, model, onChange) {
    this.svg = svg;
    this.model = model;
    this.onChange = onChange;
    this.zone = "";
    this.show(model.face);
  }

  show([x, y, width, height], zone = "") {
    this.box = [x, y, width, height];
    this.zone = zone;
    this.svg.setAttribute("viewBox", this.box.map((value) => value.toFixed(2)).join(" "));
    this.onChange(zone);
  }

  face() {
    this.show(this.model.face);
  }

  /** Enlarge the part of the face that some places span. */
  frame(places, zone) {
    const xs = places.map(([x]) => x).filter(Number.isFinite);
    const ys = places.map(([, y]) => y).filter(Number.isFinite);
    const [left, right, top, foot] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [faceWidth, faceHeight] = this.model.face.slice(2);
    const span = Math.max(right - left, (foot - top) * (faceWidth / faceHeight), 0.12 * faceWidth) * (1 + 2 * MARGIN);
    const height = span * (faceHeight / faceWidth);
    this.show([(left + right) / 2 - span / 2, (top + foot) / 2 - height / 2, span, height], zone);
  }

  /** Enlarge or reduce about a place of the picture. */
  zoom(factor, about = this.middle()) {
    const [x, y, width, height] = this.box;
    const next = Math.min(Math.max(width / factor, CLOSEST), Math.max(this.model.width, this.model.face[2]) * 1.2);
    const ratio = next / width;
    this.show([about[0] - (about[0] - x) * ratio, about[1] - (about[1] - y) * ratio, next, height * ratio], this.zone);
  }

  pan(dx, dy) {
    const [x, y, width, height] = this.box;
    this.show([x - dx, y - dy, width, height], this.zone);
  }

  middle() {
    const [x, y, width, height] = this.box;
    return [x + width / 2, y + height / 2];
  }

  /** Whether a place of the picture is seen. */
  shows([placeX, placeY]) {
    const [x, y, width, height] = this.box;
    return placeX >= x && placeX <= x + width && placeY >= y && placeY <= y + height;
  }

  /** A place on the screen as a place in the picture. */
  at(clientX, clientY) {
    const point = new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  }
}

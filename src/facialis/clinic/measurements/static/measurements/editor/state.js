// What is placed: points of the version that the page began with, and how far each handle has been moved since.
// Moves are kept by handle, so that undo is a list of maps and a draft is a few numbers.

const SMALL = 1e-6;

export class State {
  constructor(model) {
    this.model = model;
    this.handles = new Map(model.handles.map((handle) => [handle.id, handle]));
    this.moves = new Map(); // handle id -> [dx, dy] in pixels, from the version that the page began with
    this.past = [];
    this.future = [];
    this.listeners = [];
    this.knots = knotsOf(model);
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Where a handle was when the page opened. */
  start(id) {
    return placeOf(this.model.points, this.handles.get(id));
  }

  /** Where the detector found it. */
  found(id) {
    return placeOf(this.model.found, this.handles.get(id));
  }

  place(id) {
    const [x, y] = this.start(id);
    const [dx, dy] = this.moves.get(id) ?? [0, 0];
    if (this.handles.get(id).isSize) return this.edgeOfIris(this.handles.get(id), dx);
    return [x + dx, y + dy];
  }

  /** The edge of the iris travels with its centre. */
  edgeOfIris(handle, dx) {
    const centreId = `${handle.side}.iris_centre`;
    const [x, y] = this.start(handle.id);
    const [cx, cy] = this.moves.get(centreId) ?? [0, 0];
    return [x + cx + dx, y + cy];
  }

  /** Begin a change that can be undone as one. */
  remember() {
    this.past.push(new Map(this.moves));
    if (this.past.length > 200) this.past.shift();
    this.future = [];
  }

  moveTo(id, x, y) {
    const handle = this.handles.get(id);
    const [limitX, limitY] = [clamp(x, this.model.width), clamp(y, this.model.height)];
    const [startX, startY] = this.start(id);
    if (handle.isSize) {
      const [cx] = this.moves.get(`${handle.side}.iris_centre`) ?? [0, 0];
      const centre = this.place(`${handle.side}.iris_centre`)[0];
      const edge = Math.max(limitX, centre + 2); // an iris has a size
      this.set(id, [edge - startX - cx, 0]);
    } else this.set(id, [limitX - startX, limitY - startY]);
  }

  moveBy(id, dx, dy) {
    const [x, y] = this.place(id);
    this.moveTo(id, x + dx, y + dy);
  }

  set(id, move) {
    if (Math.abs(move[0]) < SMALL && Math.abs(move[1]) < SMALL) this.moves.delete(id);
    else this.moves.set(id, move.map((value) => Math.round(value * 100) / 100));
    this.changed();
  }

  undo() {
    if (!this.past.length) return;
    this.future.push(this.moves);
    this.moves = this.past.pop();
    this.changed();
  }

  redo() {
    if (!this.future.length) return;
    this.past.push(this.moves);
    this.moves = this.future.pop();
    this.changed();
  }

  changed() {
    for (const listener of this.listeners) listener(this);
  }

  get isDirty() {
    return this.moves.size > 0;
  }

  /** All points as they are now. */
  points() {
    const points = structuredClone(this.model.points);
    for (const [id, [dx, dy]] of this.moves) {
      const handle = this.handles.get(id);
      for (const [holder, name, index] of handle.refs) {
        const owner = holder ? points[holder] : points;
        if (handle.isSize) owner[name] = round(owner[name] + 2 * dx);
        else if (index === null) owner[name] = [round(owner[name][0] + dx), round(owner[name][1] + dy)];
      }
    }
    for (const [key, knots] of this.knots) {
      const [holder, name] = key.split(".");
      if (knots.some(({ id }) => this.moves.has(id))) bend(points[holder][name], knots, this.moves);
    }
    return points;
  }

  /** Names of everything that people have placed, before and now. */
  placedNames() {
    const names = new Set(this.model.moved);
    for (const id of this.moves.keys()) {
      for (const [holder, name] of this.handles.get(id).refs) names.add(holder ? `${holder}.${name}` : name);
    }
    return [...names].sort();
  }

  /** What the server takes: only what people have placed, each whole. */
  placed() {
    const points = this.points();
    const placed = {};
    for (const full of this.placedNames()) {
      const [holder, name] = full.includes(".") ? full.split(".") : ["", full];
      if (holder) (placed[holder] ??= {})[name] = points[holder][name];
      else placed[name] = points[name];
    }
    return placed;
  }
}

/** Handles of each contour with their place along it, in order. */
function knotsOf(model) {
  const knots = new Map();
  for (const handle of model.handles) {
    for (const [holder, name, index] of handle.refs) {
      if (index === null) continue;
      const key = `${holder}.${name}`;
      if (!knots.has(key)) knots.set(key, []);
      knots.get(key).push({ id: handle.id, index });
    }
  }
  for (const list of knots.values()) list.sort((a, b) => a.index - b.index);
  return knots;
}

/** Move the points of a contour with their two knots, the more the nearer they are. */
function bend(contour, knots, moves) {
  const along = [0];
  for (let n = 1; n < contour.length; n += 1) {
    along.push(along[n - 1] + Math.hypot(contour[n][0] - contour[n - 1][0], contour[n][1] - contour[n - 1][1]));
  }
  const still = [0, 0];
  for (let n = 0; n < contour.length; n += 1) {
    const after = knots.find((knot) => knot.index >= n) ?? knots[knots.length - 1];
    const before = knots.findLast((knot) => knot.index <= n) ?? knots[0];
    const span = along[after.index] - along[before.index];
    const way = span > 0 ? (along[n] - along[before.index]) / span : 0;
    const share = (1 - Math.cos(Math.PI * way)) / 2; // eased, so that a moved knot makes no corner
    const [low, high] = [moves.get(before.id) ?? still, moves.get(after.id) ?? still];
    contour[n] = [0, 1].map((axis) => round(contour[n][axis] + (1 - share) * low[axis] + share * high[axis]));
  }
}

function placeOf(points, handle) {
  const [holder, name, index] = handle.refs[0];
  const owner = holder ? points[holder] : points;
  if (handle.isSize) {
    if (!owner.iris_centre || owner.iris_diameter === null) return [NaN, NaN];
    return [owner.iris_centre[0] + owner.iris_diameter / 2, owner.iris_centre[1]];
  }
  const value = index === null ? owner[name] : owner[name]?.[index];
  return value ?? [NaN, NaN];
}

const clamp = (value, size) => Math.min(Math.max(value, -0.5), size - 0.5);
const round = (value) => Math.round(value * 100) / 100;

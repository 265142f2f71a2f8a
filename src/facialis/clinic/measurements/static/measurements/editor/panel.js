// The list of points beside the photograph, the fields of the selected one, and the keyboard.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 10; // with Shift

export class Panel {
  constructor(root, { state, select, zoomTo }) {
    this.root = root;
    this.state = state;
    this.select = select;
    this.selected = "";
    this.box = root.querySelector("[data-selected]");
    this.name = root.querySelector("[data-selected-name]");
    this.x = root.querySelector("[data-x]");
    this.y = root.querySelector("[data-y]");
    this.buttons = new Map([...root.querySelectorAll("[data-pick]")].map((button) => [button.dataset.pick, button]));
    root.addEventListener("click", (event) => {
      const pick = event.target.closest("[data-pick]");
      const nudge = event.target.closest("[data-nudge]");
      if (pick) {
        select(pick.dataset.pick);
        zoomTo(pick.dataset.pick);
      } else if (nudge) this.nudge(ARROWS[nudge.dataset.nudge], 1);
      else if (event.target.closest("[data-to-found]")) this.toFound();
      else if (event.target.closest("[data-deselect]")) select("");
    });
    root.addEventListener("keydown", (event) => this.key(event));
    for (const field of [this.x, this.y]) field.addEventListener("change", () => this.typed());
  }

  /** Arrow keys move the selected point, also while the photograph has the focus. */
  key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || !this.selected || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    this.nudge(arrow, event.shiftKey ? FAR : 1);
  }

  nudge([dx, dy], factor) {
    this.state.remember();
    this.state.moveBy(this.selected, dx * factor, dy * factor);
  }

  typed() {
    const [x, y] = [this.x.valueAsNumber, this.y.valueAsNumber];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this.state.remember();
    this.state.moveTo(this.selected, x, y);
  }

  toFound() {
    const [x, y] = this.state.found(this.selected);
    if (!Number.isFinite(x)) return;
    this.state.remember();
    this.state.moveTo(this.selected, x, y);
  }

  show(id) {
    for (const [other, button] of this.buttons) button.setAttribute("aria-pressed", String(other === id));
    this.selected = id;
    this.box.hidden = !id;
    if (!id) return;
    const button = this.buttons.get(id);
    button.closest("details").open = true;
    this.name.textContent = this.state.handles.get(id).label;
    this.refresh();
  }

  refresh() {
    for (const [id, button] of this.buttons) button.classList.toggle("is-moved", this.state.moves.has(id));
    if (!this.selected) return;
    const [x, y] = this.state.place(this.selected);
    if (document.activeElement !== this.x) this.x.value = x.toFixed(1);
    if (document.activeElement !== this.y) this.y.value = y.toFixed(1);
    this.y.disabled = this.state.handles.get(this.selected).isSize;
  }
}

// Points that are not saved yet, kept in this browser: nothing is lost by a closed tab or a lost connection.

export class Draft {
  constructor(state, user) {
    this.state = state;
    this.key = `facialis-points-${user}-${state.model.photograph}`;
  }

  keep() {
    try {
      if (this.state.isDirty) {
        const places = Object.fromEntries([...this.state.moves.keys()].map((id) => [id, this.state.place(id)]));
        localStorage.setItem(this.key, JSON.stringify({ version: this.state.model.version, at: new Date().toISOString(), places }));
      } else localStorage.removeItem(this.key);
    } catch {
      // storage is switched off: the page still has them
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }

  /** What was kept: { version, at, places } or null. */
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  /** Put it back, as one change that can be undone. Places are absolute, so that they hold for any version. */
  restore(kept) {
    this.state.remember();
    const sizesLast = Object.entries(kept.places).sort(([a], [b]) => Number(this.isSize(a)) - Number(this.isSize(b)));
    for (const [id, [x, y]] of sizesLast) if (this.state.handles.has(id)) this.state.moveTo(id, x, y);
  }

  isSize(id) {
    return this.state.handles.get(id)?.isSize ?? false;
  }
}

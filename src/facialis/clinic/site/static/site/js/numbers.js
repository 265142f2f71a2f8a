// Numbers as people type them.

const NUMBER = /^\s*(-?\d+)(?:[.,](\d+))?\s*$/;
const GROUP = 3; // digits after a mark that may have meant thousands: the server refuses them, too

/** The number of a text with a decimal point or a decimal comma; NaN where it is none or could be two. */
export function numberOf(text) {
  const found = NUMBER.exec(text);
  if (!found || found[2]?.length === GROUP) return NaN;
  return Number(`${found[1]}.${found[2] ?? "0"}`);
}

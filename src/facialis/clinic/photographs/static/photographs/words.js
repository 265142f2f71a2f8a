// The sentences of this page, translated by its template.

const source = document.getElementById("capture-words");

/** The sentence of a name, with its places filled. */
export function words(name, places = {}) {
  const sentence = source?.dataset[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

/** A random key: the same photograph sent twice carries it twice and is stored once. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

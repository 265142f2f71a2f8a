// The expression that a file's name states, by the rule of facialis.vision.files.expression_names.

/** One of the known expressions, or "". */
export function expressionFromName(name, known) {
  const stem = name.replace(/\.[^.]*$/, "").normalize("NFC").toLowerCase();
  const parts = stem.split(/[\s_\-.()[\]]+/).filter(Boolean);
  while (parts.length && /^\d+$/.test(parts[0])) parts.shift();
  while (parts.length && /^\d+$/.test(parts.at(-1))) parts.pop();
  if (parts.length) parts[parts.length - 1] = parts.at(-1).replace(/\d+$/, "") || parts.at(-1);
  const candidate = parts.join("_");
  return known.includes(candidate) ? candidate : "";
}

// The words of the scripts, translated by the page: <body data-words-stay="Bleiben"> replaces "Stay signed in".

const ENGLISH = {
  cancel: "Go back",
  continue: "Continue",
  draftKept: "Draft kept in this browser at {time}.",
  draftNotKept: "This browser keeps no drafts. Save before you leave.",
  draftFound: "A draft of {time} was kept in this browser and not saved.",
  restore: "Put it back",
  discard: "Throw it away",
  restored: "The draft is back. It is not saved yet.",
  sessionTitle: "You will be signed out soon",
  sessionText: "Nothing was pressed for a while. You will be signed out in {seconds} seconds. What you typed stays as a draft.",
  stay: "Stay signed in",
  sessionEnded: "You have been signed out. Sign in again to go on.",
  signIn: "Sign in",
  sessionNotKept: "The server did not answer. Save your work now.",
};

/** The sentence of a key, in the language of the page, with its places filled. */
export function words(key, places = {}) {
  const name = `words${key[0].toUpperCase()}${key.slice(1)}`;
  const sentence = document.body.dataset[name] ?? ENGLISH[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

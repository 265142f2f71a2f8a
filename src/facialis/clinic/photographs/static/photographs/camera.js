// The camera: guide, ghost, count, a still at full resolution, and at once on its way.
// The still is taken from the very stream that is seen, not from the device's own photograph function: the
// person has looked whether THIS picture is mirrored, and some devices turn the other one round.

import { add, onChange } from "./sending.js";
import { watchLevel } from "./level.js";
import { words } from "./words.js";

const COUNT_FROM = 3;
const STEP_MS = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 900;
const QUALITY = 0.95;
const WANTED = { width: { ideal: 4096 }, height: { ideal: 3072 }, frameRate: { ideal: 30 } };

const dialog = document.getElementById("camera");
const part = (name) => dialog.querySelector(`[data-camera-${name}]`);

let stream = null;
let view = "";
let sentKey = "";
let stopLevel = () => {};
let isCounting = false;

const cell = (expression) => document.querySelector(`[data-cell="${expression}"]`);
const mirrorName = () => {
  const track = stream?.getVideoTracks()[0];
  return `facialis-mirrored:${track?.label || track?.getSettings().deviceId || "camera"}`;
};
const remembered = () => localStorage.getItem(mirrorName()) ?? "";

/** Offer the camera where there may be one. */
export function startCamera() {
  if (!dialog || !navigator.mediaDevices?.getUserMedia) return;
  document.body.classList.add("has-camera");
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-camera-open]");
    if (opener) open(opener.dataset.cameraOpen || nextView());
  });
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", close);
  part("take").addEventListener("click", take);
  part("again").addEventListener("click", () => show(view));
  part("next").addEventListener("click", () => (nextView(view) ? show(nextView(view)) : dialog.close()));
  part("video").addEventListener("resize", fitGuide);
  new ResizeObserver(fitGuide).observe(part("stage"));
  part("select").addEventListener("change", (event) => use(event.target.value));
  part("ghost-shown").addEventListener("change", showGhost);
  part("mirror-again").addEventListener("click", () => askMirror());
  dialog.querySelectorAll("[data-mirror]").forEach((button) => button.addEventListener("click", () => answerMirror(button.dataset.mirror)));
  onChange(({ key, sentence }) => {
    if (key === sentKey) part("says").textContent = sentence;
  });
  document.addEventListener("htmx:afterSettle", sayWhatBecame);
}

function nextView(after = "") {
  const views = [...document.querySelectorAll("[data-cell]")].map((one) => one.dataset);
  const from = views.findIndex((one) => one.cell === after) + 1;
  const missing = [...views.slice(from), ...views.slice(0, from)].filter((one) => ["empty", "next", "refused"].includes(one.state) && one.cell !== after);
  return (missing.find((one) => one.cell !== "nasal_base") ?? (after ? undefined : views[0]))?.cell;
}

async function open(expression) {
  show(expression);
  dialog.showModal();
  stopLevel = watchLevel(showLevel);
  await use();
}

function close() {
  stopLevel();
  isCounting = false;
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  forgetStill();
  cell(view)?.querySelector("[data-camera-open]")?.focus();
}

async function use(deviceId) {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  try {
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
    const made = await navigator.mediaDevices.getUserMedia({ video: { ...WANTED, ...which }, audio: false });
    if (!dialog.open) {
      made.getTracks().forEach((track) => track.stop());
      return;
    }
    stream = made;
  } catch (error) {
    part("says").textContent = words("noCamera", { why: error.name });
    part("take").disabled = true;
    return;
  }
  part("take").disabled = false;
  part("video").srcObject = stream;
  await listCameras();
  if (remembered()) showMirror();
  else askMirror();
}

async function listCameras() {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
  const used = stream?.getVideoTracks()[0].getSettings().deviceId;
  part("select").replaceChildren(...cameras.map((device, n) => new Option(device.label || String(n + 1), device.deviceId, false, device.deviceId === used)));
  part("choice").hidden = cameras.length < 2;
}

// ------------------------------------------------------------------ mirrored: once for each camera

function askMirror() {
  part("mirror").hidden = false;
  part("taking").hidden = true;
  sides("");
  dialog.querySelector("[data-mirror]").focus();
}

function answerMirror(answer) {
  localStorage.setItem(mirrorName(), answer);
  showMirror();
  part("take").focus();
}

function showMirror() {
  const answer = remembered();
  part("mirror").hidden = true;
  part("taking").hidden = false;
  part("mirror-again").textContent = words(`mirror${answer[0].toUpperCase()}${answer.slice(1)}`);
  sides(answer);
  showGhost();
}

function sides(answer) {
  part("stage").classList.toggle("photo--mirrored", answer === "yes");
  part("mirror-view").hidden = answer !== "yes";
  for (const side of dialog.querySelectorAll("[data-camera-side]")) side.hidden = !["yes", "no"].includes(answer);
}

// ------------------------------------------------------------------------------------ one view

function show(expression) {
  view = expression;
  sentKey = "";
  forgetStill();
  const { label, instruction } = cell(view).dataset;
  dialog.querySelector("#camera-view").textContent = label;
  part("instruction").textContent = instruction;
  part("says").textContent = "";
  part("guide").removeAttribute("hidden");
  part("take").hidden = false;
  part("next").hidden = part("again").hidden = true;
  showGhost();
  if (dialog.open) part("take").focus();
}

function showGhost() {
  const { before, beforeMirrored } = cell(view)?.dataset ?? {};
  const ghost = part("ghost");
  part("ghost-choice").hidden = !before;
  // A ghost that is turned round against the picture would lead astray.
  const fits = before && stream && beforeMirrored === remembered();
  ghost.hidden = !fits || !part("ghost-shown").checked || !part("still").hidden;
  if (!ghost.hidden && ghost.getAttribute("src") !== before) ghost.src = before;
}

/** The guide lies over the picture, not over the dark beside it: a face in the oval is a face in the photograph. */
function fitGuide() {
  const { videoWidth, videoHeight } = part("video");
  const { clientWidth, clientHeight } = part("stage");
  if (!videoWidth) return;
  const scale = Math.min(clientWidth / videoWidth, clientHeight / videoHeight);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  Object.assign(part("guide").style, { width: `${width}px`, height: `${height}px`, left: `${(clientWidth - width) / 2}px`, top: `${(clientHeight - height) / 2}px` });
}

function showLevel({ tilt, isLevel }) {
  part("eye-line").classList.toggle("camera__eye-line--level", isLevel);
  part("level").textContent = tilt === null ? words("levelUnknown") : isLevel ? words("level") : words("tilted", { degrees: Math.round(tilt) });
}

async function take() {
  if (isCounting || !stream) return;
  isCounting = true;
  part("take").setAttribute("aria-disabled", "true");
  for (let left = COUNT_FROM; left > 0 && isCounting; left -= 1) {
    part("count").textContent = String(left);
    await new Promise((done) => setTimeout(done, STEP_MS));
  }
  part("count").textContent = "";
  part("take").removeAttribute("aria-disabled");
  if (!isCounting || !stream) return;
  isCounting = false;
  const blob = await grab();
  if (!blob) return;
  showStill(blob);
  sentKey = await add({ expression: view, blob, mirrored: remembered() || "unknown", isFromCamera: true });
}

function grab() {
  const video = part("video");
  if (!video.videoWidth) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d").drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

function showStill(blob) {
  const still = part("still");
  still.src = URL.createObjectURL(blob);
  still.alt = dialog.querySelector("#camera-view").textContent;
  still.hidden = false;
  part("guide").setAttribute("hidden", "");
  part("take").hidden = true;
  part("again").hidden = part("next").hidden = false;
  const following = nextView(view);
  part("next").textContent = following ? words("next", { view: cell(following).dataset.label }) : words("finish");
  showGhost();
  part("next").focus();
}

function forgetStill() {
  const still = part("still");
  if (still.src) URL.revokeObjectURL(still.src);
  still.removeAttribute("src");
  still.hidden = true;
}

/** The cell behind the dialog has been drawn anew: its sentence is the answer. */
function sayWhatBecame() {
  if (!dialog.open || part("still").hidden) return;
  const now = cell(view);
  if (["measured", "refused", "questioned"].includes(now?.dataset.state)) {
    part("says").textContent = now.querySelector(".photo-cell__answer").textContent.trim();
  }
}

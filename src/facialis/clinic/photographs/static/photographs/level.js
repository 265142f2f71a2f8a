// Whether the tablet is held level, from its sensor of gravity. It says nothing of the head.

const LEVEL_DEG = 1.5;
const UPRIGHT_SHARE = 0.5; // below it the device lies flat, and there is no level

/** Degrees by which the picture is turned from the horizontal, or null where the device lies flat. */
export function tiltOf(beta, gamma) {
  const [b, g] = [beta, gamma].map((degrees) => (degrees * Math.PI) / 180);
  const x = Math.cos(b) * Math.sin(g);
  const y = -Math.sin(b);
  if (Math.hypot(x, y) < UPRIGHT_SHARE) return null;
  const turn = (Math.atan2(x, -y) * 180) / Math.PI;
  return ((((turn + 45) % 90) + 90) % 90) - 45; // held in any of the four ways
}

/** Call back with {tilt, isLevel}; tilt is null where it cannot be told. Returns a function that stops it. */
export function watchLevel(changed) {
  const listen = (event) => {
    const tilt = event.beta === null || event.gamma === null ? null : tiltOf(event.beta, event.gamma);
    changed({ tilt, isLevel: tilt !== null && Math.abs(tilt) <= LEVEL_DEG });
  };
  changed({ tilt: null, isLevel: false });
  const start = () => window.addEventListener("deviceorientation", listen);
  // Some devices ask the person first; this runs in the press that opened the camera.
  if (typeof DeviceOrientationEvent?.requestPermission === "function") {
    DeviceOrientationEvent.requestPermission().then((answer) => answer === "granted" && start(), () => {});
  } else {
    start();
  }
  return () => window.removeEventListener("deviceorientation", listen);
}

// The capture page: files and camera, both sent by sending.js.

import { startCamera } from "./camera.js";
import { startFiles } from "./files.js";

if (document.querySelector('[data-capture][data-can-add="yes"]')) {
  startFiles();
  startCamera();
}

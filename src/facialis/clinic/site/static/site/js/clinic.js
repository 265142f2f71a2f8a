// Everything that every page needs. Each module looks for its own data- attributes; their order matters for sending:
// a question first, then the guard against sending twice.

import "./messages.js";
import "./dialog.js";
import "./confirm.js";
import "./once.js";
import "./stepper.js";
import "./errors.js";
import "./banner.js";
import "./steps.js";
import "./autosave.js";
import "./session.js";

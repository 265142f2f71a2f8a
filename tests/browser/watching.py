"""What a page must not do while a test looks on: break its policy, fail a script, miss a file, answer 500."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# A form with errors answers 422, a record of another clinic 404: Chromium writes both to the console.
_REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
# Only a test that takes the connection away has this. What htmx says of it is told by the request, too.
_LOST = "ERR_INTERNET_DISCONNECTED"
_LOST_SAYS = re.compile(rf".*{_LOST}|htmx:(afterRequest|sendError), ")
_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  const where = `${event.sourceFile}:${event.lineNumber}`;
  console.error(`POLICY ${event.violatedDirective} ${event.blockedURI} ${where}`);
});
"""


class Watcher:
    """Collects faults of one browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one.match(message.text) for one in (_REFUSAL, _LOST_SAYS)):
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status == 404 and not is_page):
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        # A picture or a script that a new page interrupts is no fault.
        if not any(one in (request.failure or "") for one in ("ERR_ABORTED", _LOST)):
            self.faults.append(f"not loaded: {request.url} ({request.failure})")

"""The web's own log: one JSON object a line, without anything about a patient."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from gunicorn.glogging import Logger

from facialis.clinic.site.logs import JsonFormatter, without_people


class _WithoutPeople(logging.Filter):
    """Cleans what gunicorn says: it names the address of a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_people(record.getMessage()), ()
        return True


class WebLogger(Logger):
    """Writes what was asked for by route, status and time; no address, no query, no browser, no key."""

    def setup(self, cfg: Any) -> None:
        """Also clean what gunicorn says of errors."""
        super().setup(cfg)
        self.error_log.addFilter(_WithoutPeople())
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """One line for one request."""
        del req
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": "INFO",
            "logger": "web",
            "method": environ.get("REQUEST_METHOD", ""),
            "path": without_people(environ.get("PATH_INFO", "")),
            "status": int(str(resp.status).split(maxsplit=1)[0]),
            "bytes": getattr(resp, "sent", None),
            "ms": round(request_time.total_seconds() * 1000),
        }
        self.access_log.info("%s", json.dumps(line, ensure_ascii=False))

"""Structured logs without anything about a patient."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

_KEY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_QUERY = re.compile(r"\?\S*")


def without_people(text: str) -> str:
    """A path or a sentence without keys of records and without what was searched for."""
    return _QUERY.sub("", _KEY.sub("<key>", text))


class JsonFormatter(logging.Formatter):
    """One JSON object a line.

    Of an exception only its type and places are kept: its words may quote a form, and so a patient. Django
    names whole paths of what it refuses, and so records.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as a line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage() if not record.exc_info else str(record.msg)),
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            said["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            said["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(said, ensure_ascii=False)

"""A stand-in for the face mesh worker that misbehaves on request. Needs only the standard library.

Called as ``python fake_worker.py FAULT COUNTER``: COUNTER is a file with the number of starts so far, and
the fault shows in the first process only, so that a test can see the next one work.
"""

import json
import os
import sys
import time
from pathlib import Path

FAULT, COUNTER = sys.argv[1], Path(sys.argv[2])
BOX = {"score": 0.9, "box": [0.25, 0.25, 0.5, 0.5], "keypoints": [[0.4, 0.4], [0.6, 0.4]] + [[0.5, 0.5]] * 4}
GREETING = {
    "protocol": 1,
    "crop_size_px": 192,
    "versions": {"mediapipe": "fake"},
    "models": {"mesh": "0" * 64},
}


def mesh():
    """A square mesh around the middle of the crop."""
    points = [[96.0 + 40 * (i % 22 - 10.5) / 11, 96.0 + 40 * (i // 22 - 10.5) / 11, 0.0] for i in range(478)]
    points[33], points[263] = [66.0, 80.0, 0.0], [126.0, 80.0, 0.0]
    return {"presence": 0.99, "points": points}


def say(message):
    """Write one line."""
    sys.stdout.write(message if isinstance(message, str) else json.dumps(message))
    sys.stdout.write("\n")
    sys.stdout.flush()


def start(fault):
    """Greet, or fail to."""
    sys.stderr.write("the library's chatter\n" * 5000)
    if fault == "dies at start":
        sys.exit("no model found")
    if fault == "silent at start":
        time.sleep(60)
    say({**GREETING, "protocol": 99} if fault == "other protocol" else GREETING)
    if fault == "stops reading":
        time.sleep(60)


def misbehave(fault, request):
    """Do what a broken worker might do instead of answering."""
    count = request["shape"][0]
    if fault == "hangs":
        time.sleep(60)
    elif fault == "crashes":
        sys.stderr.write("segmentation violation\n")
        sys.stderr.flush()
        os.abort()
    elif fault == "half a line":
        sys.stdout.write('{"id": 1, "ima')
        sys.exit()
    elif fault == "garbage":
        say("\x00\xff not JSON")
    elif fault == "wrong question":
        say({"id": -1, "images": [[BOX]] * count})
    elif fault == "reports an error":
        say({"id": request["id"], "error": "out of memory"})
    elif fault == "not a number":
        say({"id": request["id"], "images": [[{**BOX, "box": [0.1, 0.1, float("nan"), 0.5]}]] * count})


def main():
    """Answer; the first process does it wrongly where the fault says so."""
    starts = int(COUNTER.read_text()) if COUNTER.exists() else 0
    COUNTER.write_text(str(starts + 1))
    fault = FAULT if starts == 0 else "none"
    start(fault)
    for line in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(line)
        count, height, width, channels = request["shape"]
        sys.stdin.buffer.read(count * height * width * channels)
        if fault == "too few points":
            reading = {"presence": 0.9, "points": [[1, 2, 3]]}
        else:
            misbehave(fault, request)
            reading = mesh()
        say({"id": request["id"], "images": [[BOX] if request["task"] == "find" else reading] * count})


if __name__ == "__main__":
    main()

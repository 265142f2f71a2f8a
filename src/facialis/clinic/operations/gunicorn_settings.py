"""How gunicorn serves the clinic; it reads this module by itself."""

import os
from pathlib import Path
from typing import Any

from facialis.clinic.environment import read_environment

wsgi_app = "facialis.clinic.wsgi:application"
workers = read_environment().web_workers or min(max(os.cpu_count() or 1, 2), 8)
worker_class = "gthread"
threads = 4
preload_app = True  # shared memory, and a fault of the installation shows at once
timeout = 60  # a large photograph over a slow line
graceful_timeout = 30
keepalive = 5
# A slow leak of a library never fills the machine; not all workers restart together.
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a heartbeat, no data
control_socket_disable = True
accesslog = "-"
logger_class = "facialis.clinic.operations.web_log.WebLogger"
proc_name = "facialis-web"

READY = "FACIALIS_WEB_READY"
"""Environment: the file that says that the web answers."""


def when_ready(server: Any) -> None:
    """Tell the supervisor."""
    del server
    told = os.environ.get(READY)
    if told:
        Path(told).touch()

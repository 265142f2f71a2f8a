"""The one family of errors that Facialis raises on purpose."""


class FacialisError(Exception):
    """Something a person can put right.

    The message says what was found, what is allowed and what to do. `code` is a stable
    snake_case word for machines; it appears in JSON results.
    """

    code = "facialis_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

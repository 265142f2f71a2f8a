"""What can go wrong with a backup."""

from facialis.errors import FacialisError


class BackupError(FacialisError):
    """The backup could not be made; what was there before is untouched."""

    code = "backup_failed"


class PassphraseError(FacialisError):
    """The passphrase is too short, or not the one that the file was sealed with."""

    code = "passphrase_refused"


class DamagedError(FacialisError):
    """The file is not whole, or not as it was written."""

    code = "backup_damaged"


class RestoreError(FacialisError):
    """The backup could not be restored; nothing was changed."""

    code = "restore_refused"

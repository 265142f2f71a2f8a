"""Second factors: how they are kept and shown, and who needs one."""

import base64
from functools import lru_cache

import qrcode  # type: ignore[import-untyped]
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import Role, User

REQUIRED_OF = frozenset({Role.CLINICIAN, Role.ADMINISTRATOR})
QUIET_MODULES = 4
"""White around the pattern, as readers of QR codes need it."""


def needs_second_factor(user: User) -> bool:
    """Whether a person has to set one up before anything else."""
    if not settings.FACIALIS.requires_second_factor or user.role not in REQUIRED_OF:
        return False
    return not is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


class ClinicMFAAdapter(DefaultMFAAdapter):
    """Keeps secrets of authenticator apps encrypted, and draws their QR code as a piece of the page."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  theirs
        """Suggest a name for a new passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database; needs the secret key that was in force when it was written."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """QR code as an SVG element: black on white in both themes, no style attribute."""
        code = qrcode.QRCode(border=QUIET_MODULES)
        code.add_data(url)
        rows = code.get_matrix()
        dark = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" width="240" height="240" role="img" aria-label="{1}" '
            'shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#ffffff"/>'
            '<path d="{2}" fill="#000000"/></svg>',
            len(rows),
            _("QR code for the authenticator app; the same key stands below in letters"),
            dark,
        )


@lru_cache(maxsize=2)
def _cipher(secret: str) -> Fernet:
    key = salted_hmac("facialis.second_factor", "key", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))

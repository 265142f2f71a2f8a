"""What the shell remembers."""

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form that was sent: the same form sent again, over a bad connection, does nothing twice."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    location = models.CharField(max_length=500)
    """Where its answer led."""
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.key)

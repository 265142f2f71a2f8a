"""What an administrator types about a person."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.models import Role
from facialis.clinic.kernel.errors import FieldsError

ROLE_HINT = _("A clinician signs. An assistant captures and drafts. A researcher sees pseudonyms only.")


class MemberForm(forms.Form):
    """Names and role."""

    title = forms.CharField(label=_("Title"), max_length=40, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, help_text=ROLE_HINT
    )

    def refuse(self, refused: FieldsError) -> None:
        """Show what an action refused at its field."""
        for name, sentence in refused.errors.items():
            self.add_error(name if name in self.fields else None, sentence)


class NewMemberForm(MemberForm):
    """A person who is not here yet."""

    username = forms.CharField(
        label=_("Name for signing in"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ["username"]

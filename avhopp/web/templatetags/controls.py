"""What form templates need of a field: its control in our clothes, and where an error's link should lead.

Django writes the ids, `aria-describedby` and `aria-invalid`; this only adds classes and the ids of what our own
templates put beside the control. It never changes a value or a rule of the form.
"""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checkboxes"),  # before RadioSelect, which it inherits
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.DateTimeInput, "input"),
    (forms.DateInput, "date"),
]
CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "file": "govuk-file-upload",
    "date": "govuk-input govuk-input--date",
    "input": "govuk-input",
}
ERROR_CLASSES = {
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "file": "govuk-file-upload--error",
}


@register.filter
def kind(field: BoundField) -> str:
    """Name the control that a field is drawn as."""
    widget = field.field.widget
    return next((name for widget_class, name in KINDS if isinstance(widget, widget_class)), "input")


@register.filter
def counted(field: BoundField) -> int | None:
    """Give the longest text a text area takes, when it has one."""
    return getattr(field.field, "max_length", None) if kind(field) == "textarea" else None


@register.filter
def target(field: BoundField) -> str:
    """Give the id that a link in the error summary leads to: the control, or the first of several."""
    if kind(field) in {"radios", "checkboxes"}:
        return f"{field.auto_id}_0"
    return str(field.id_for_label)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Write the control with the classes of the design system, keeping those the form gave it."""
    name = kind(field)
    classes = [CLASSES.get(name, ""), str(field.field.widget.attrs.get("class", ""))]
    # A placeholder vanishes while one writes and repeats the label: WCAG 2.2 3.3.2.
    attrs: dict[str, str | bool] = {"placeholder": False}
    if field.errors:
        classes.append(ERROR_CLASSES.get(name, "govuk-input--error"))
    if counted(field):
        classes.append("govuk-js-character-count")
        attrs["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}-info".strip()
    attrs["class"] = " ".join(part for part in classes if part)
    return field.as_widget(attrs=attrs)

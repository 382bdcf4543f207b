"""How forms are drawn: Django's renderer, with one more thing said before a field."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class Champ(BoundField):
    """A field bound to its form; the input is also described by who sees what it receives.

    ``field.qui_voit`` is a sentence set on the form field; ``django/forms/field.html`` shows it.
    """

    @property
    def qui_voit(self) -> str:
        """Who sees what is typed here, or nothing when the question does not arise."""
        return getattr(self.field, "qui_voit", "")

    @property
    def aria_describedby(self):
        described = super().aria_describedby
        if described is None or self.is_hidden or not (self.qui_voit and self.auto_id):
            return described
        return f"{self.auto_id}_qui_voit {described}".strip()

    @property
    def budget(self) -> int | None:
        """The number of characters that a long text may have."""
        longueur = getattr(self.field, "max_length", None)
        return longueur if longueur and self.widget_type == "textarea" else None

    @property
    def restant(self) -> int:
        """Characters left in the budget, as the page is drawn."""
        return (self.budget or 0) - len(str(self.value() or ""))


class RenduDuHub(TemplatesSetting):
    """Templates of the project first, then Django's own; the admin uses them untouched."""

    bound_field_class = Champ

"""Templates of the hub may not name a variable that does not exist.

Django prints nothing for an unknown variable: a typing mistake, or a context that lost a key,
goes unseen. Here it raises, for the templates of the repository only: those of Django, allauth and
import_export rely on the silence. ``{% if x %}`` and ``{{ x|default:… }}`` may ask for what is not
there; that is what they are for.
"""

import copy
from pathlib import Path

from django.template import base
from django.template.base import FilterExpression, Variable, VariableDoesNotExist

RACINE = Path(__file__).resolve().parents[2]
NOTRES = tuple(
    f"{RACINE / dossier}/" for dossier in ("templates", "hubpartenariat", "cartographie")
)
TOLERANTS = {"default"}  # filters whose first use is to replace what is missing


class VariableInconnue(Exception):
    """A template of the hub uses a variable that its context does not hold."""


def est_du_hub(origine) -> bool:
    return str(getattr(origine, "name", "")).startswith(NOTRES)


class ExpressionStricte(FilterExpression):
    """``{{ variable|filters }}`` of a template of the hub."""

    __slots__ = ("origine",)

    def __init__(self, token, parser):
        super().__init__(token, parser)
        origine = getattr(parser, "origin", None)
        tolerant = bool(self.filters) and self.filters[0][0].__name__ in TOLERANTS
        stricte = isinstance(self.var, Variable) and est_du_hub(origine) and not tolerant
        self.origine = origine if stricte else None

    def resolve(self, context, ignore_failures=False):
        if self.origine is None or ignore_failures:
            return super().resolve(context, ignore_failures)
        try:
            valeur = self.var.resolve(context)
        except VariableDoesNotExist as erreur:
            nom = Path(self.origine.name).relative_to(RACINE)
            raise VariableInconnue(f"{{{{ {self.token} }}}} in {nom}: {erreur}") from None
        resolue = copy.copy(self)  # the variable is resolved once: no second query
        resolue.var, resolue.is_var, resolue.origine = valeur, False, None
        return resolue.resolve(context)


def etre_strict() -> None:
    """From now on, for the whole process. Called before any template is compiled."""
    base.FilterExpression = ExpressionStricte

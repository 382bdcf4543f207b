"""Templates of the project are set in French typography once, when they are compiled.

Authors write ordinary spaces and straight apostrophes in ``templates/*.html``; pages carry narrow
and no-break ones. Nothing is paid at each request; what comes from the database goes through the
``typo`` filter instead.
"""

import re

from django.template.loaders.filesystem import Loader

from hubpartenariat.socle.typographie import typographier_html

_MOTS_DE_GABARIT = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_REPERE = "\ue000"  # stands for one tag or variable of the template language


def typographier_gabarit(source: str) -> str:
    """Typography of the text of a template, around its tags, variables and comments."""
    mots = _MOTS_DE_GABARIT.findall(source)
    dispose = typographier_html(_MOTS_DE_GABARIT.sub(_REPERE, source))
    suite = iter(mots)
    return re.sub(_REPERE, lambda _: next(suite), dispose)


class ChargeurTypographique(Loader):
    """Reads the templates of ``TEMPLATES["DIRS"]``; those of other packages are not ours to set."""

    def get_contents(self, origin):
        source = super().get_contents(origin)
        return typographier_gabarit(source) if origin.name.endswith(".html") else source

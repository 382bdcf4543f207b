"""Error pages that must come out whatever is broken: database, context, even the style sheets."""

import logging

from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

NUE = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Hub du partenariat en santé</title></head><body><main>"
    "<h1>Le hub ne peut pas répondre maintenant</h1>"
    "<p>Ce n’est pas de votre fait. Ce que vous aviez enregistré est conservé. "
    "Rechargez cette page dans quelques minutes.</p></main></body></html>"
)


def page_de_secours(gabarit: str) -> str:
    """The template without any context; a bare page if even that fails."""
    try:
        return render_to_string(gabarit)
    except Exception:
        logger.exception("the error page %s could not be rendered", gabarit)
        return NUE

"""Views that serve every trade: completion of communes."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hubpartenariat.socle.territoire import LONGUEUR_MAXIMALE, Commune

COMMUNES_PROPOSEES = 10


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def communes(request):
    """Up to ten communes for what is being typed, best first: ``[{code, libelle}]``."""
    texte = request.GET.get("q", "")
    if not texte.strip() or len(texte) > LONGUEUR_MAXIMALE or not texte.isprintable():
        erreur = "« q » attend un nom de commune ou un code postal."
        return JsonResponse({"erreur": erreur}, status=400)
    trouvees = Commune.objects.chercher(texte)[:COMMUNES_PROPOSEES]
    return JsonResponse([{"code": c.code, "libelle": c.libelle} for c in trouvees], safe=False)

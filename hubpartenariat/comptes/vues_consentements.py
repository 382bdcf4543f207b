"""My agreements: one per purpose, the text agreed to, withdrawn in one click, and the receipts."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hubpartenariat.comptes.consentements import (
    TEXTES,
    Consentement,
    Finalite,
    donner,
    renouveler,
    retirer,
)

DITS = {
    "donner": "Votre accord est enregistré : « {libelle} ».",
    "renouveler": "Votre accord est reconfirmé pour un an : « {libelle} ».",
    "retirer": "Votre accord est retiré : « {libelle} ». {retrait}",
}
GESTES = {"donner": donner, "renouveler": renouveler, "retirer": retirer}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consentements(request):
    """One card per purpose; a POST names the purpose and the gesture. A few queries."""
    if request.method == "POST":
        return _faire(request)
    recus = list(Consentement.objects.de(request.user))
    courants = {recu.finalite: recu for recu in recus if not (recu.retire_le or recu.renouvele_le)}
    cartes = [
        {
            "finalite": finalite,
            "texte": TEXTES[finalite],
            "recu": courants.get(finalite),
            "ancien_texte": finalite in courants
            and courants[finalite].texte != TEXTES[finalite].accord,
        }
        for finalite in Finalite
    ]
    contexte = {"cartes": cartes, "recus": recus}
    return render(request, "comptes/consentements.html", contexte)


def _faire(request):
    geste, code = request.POST.get("geste", ""), request.POST.get("finalite", "")
    if geste not in GESTES or code not in Finalite.values:
        raise BadRequest("Unknown purpose or gesture.")
    finalite = Finalite(code)
    if GESTES[geste](request.user, finalite):
        phrase = DITS[geste].format(libelle=finalite.label, retrait=TEXTES[finalite].retrait)
        messages.success(request, phrase)
    return redirect("consentements")

"""The thread of messages of a mise en relation. A stranger, or somebody who left, gets a 404."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annuaire import messagerie
from annuaire.forms.suites import MessageForm
from annuaire.models import MiseEnRelation
from hubpartenariat.socle.moderation import TransitionRefusee

lire_ou_ecrire = require_http_methods(["GET", "HEAD", "POST"])


def ma_relation(request, cle):
    """(the relation, the side of the person); 404 for anybody else, existing or not."""
    relation = (
        MiseEnRelation.objects.select_related(
            "profil__personne", "appel__structure", "offre", "repondant", "structure"
        )
        .filter(uuid=cle)
        .first()
    )
    cote = relation.cote_de(request.user) if relation else None
    if cote is None:
        raise Http404
    return relation, cote


@never_cache
@lire_ou_ecrire
def fil(request, relation):
    """Read, and write if both sides still may. What is refused stays in the form."""
    relation, cote = ma_relation(request, relation)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messagerie.ecrire(relation, request.user, form.cleaned_data["texte"])
        except TransitionRefusee as refus:
            form.add_error("texte", str(refus))
        else:
            messages.success(request, "Votre message est envoyé.")
            return redirect("annuaire:messages", relation.uuid)
    contexte = {
        "relation": relation,
        "cote": cote,
        "fil_de_messages": messagerie.lire(relation, cote, marquer=request.method == "GET"),
        "form": form,
        "raison": messagerie.raison_de_ne_pas_ecrire(relation, request.user),
        "peut_rouvrir": not messagerie.raison_de_ne_pas_rouvrir(relation, request.user),
        "pas_encore_d_accord": not relation.en_accord,
        "fil": [*fil_d_ariane(relation), ("Messages", None)],
    }
    return render(request, "annuaire/relations/messages.html", contexte)


@never_cache
@lire_ou_ecrire
def fermer(request, relation):
    """Close the messages, after a page that says what it does."""
    relation, _ = ma_relation(request, relation)
    raison = messagerie.raison_de_ne_pas_fermer(relation, request.user)
    if request.method == "POST" or raison:
        return _faire(request, relation, messagerie.fermer, "Les messages sont fermés.")
    contexte = {
        "titre": "Fermer les messages",
        "texte": (
            "Personne ne pourra plus écrire dans cette conversation. L’autre côté verra seulement "
            "que les messages sont fermés : ni par qui, ni pourquoi. La mise en relation continue."
        ),
        "bouton": "Fermer les messages",
        "retour": reverse("annuaire:messages", args=[relation.uuid]),
        "fil": [*fil_d_ariane(relation), ("Fermer les messages", None)],
    }
    return render(request, "annuaire/suites/confirmer.html", contexte)


@require_POST
def rouvrir(request, relation):
    """Open again the messages that one's own side closed."""
    relation, _ = ma_relation(request, relation)
    return _faire(request, relation, messagerie.rouvrir, "Les messages sont ouverts de nouveau.")


def _faire(request, relation, acte, phrase):
    try:
        acte(relation, request.user)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, phrase)
    return redirect("annuaire:messages", relation.uuid)


def fil_d_ariane(relation) -> list:
    return [("Mise en relation", reverse("annuaire:relation", args=[relation.uuid]))]

"""Mises en relation: where each one is, seen from one side; yes, no, leaving, asking for help."""

import random

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annuaire import regards, tirage
from annuaire.enums import Cercle, Cote, EtatOffre, EtatRattachement, EtatRelation, ModeDeChoix
from annuaire.forms.relations import DeclinerForm, ReponseALOffreForm
from annuaire.models import MiseEnRelation, Offre, Structure
from annuaire.transitions.regles import places_libres
from annuaire.transitions.reponses import (
    raison_de_ne_pas_repondre_a_l_offre,
    repondre_a_l_offre,
)
from hubpartenariat.socle.moderation import TransitionRefusee

LIRE_OU_ENVOYER = ["GET", "HEAD", "POST"]


def relation_de(request, uuid) -> MiseEnRelation:
    """A relation of the signed-in person; 404 for anybody else, existing or not."""
    return get_object_or_404(
        MiseEnRelation.objects.filter(
            pk__in=MiseEnRelation.objects.visible_par(request.user).values("pk")
        ).select_related(
            "appel__structure", "offre", "structure", "profil__personne", "repondant", "tiers"
        ),
        uuid=uuid,
    )


@never_cache
@require_safe
def mes_relations(request):
    """Every relation of which I am a side, and those that I help with. A few queries."""
    toutes = MiseEnRelation.objects.select_related("appel__structure", "offre", "structure")
    contexte = {
        "patient": toutes.du_patient(request.user),
        "equipe": toutes.de_l_equipe(request.user).select_related("profil"),
        "tiers": toutes.filter(tiers=request.user, anonymise_le=None).select_related("profil"),
    }
    return render(request, "annuaire/relations/mes_relations.html", contexte)


@never_cache
@require_safe
def relation(request, relation):
    """One relation seen from one side. Before both agreed: a pseudonym and a few lines."""
    relation = relation_de(request, relation)
    cote = relation.cote_de(request.user)
    contexte = {
        "relation": relation,
        "cote": cote,
        "est_patient": cote == Cote.PATIENT,
        "est_equipe": cote == Cote.EQUIPE,
        "j_ai_dit_oui": cote and relation.a_accepte(cote),
        # Whether the other said yes is known once one may answer it, or has.
        "l_autre_a_dit_oui": cote and relation.a_accepte(cote.autre),
        "peut_accepter": cote and relation.raison_de_ne_pas_accepter(request.user) is None,
        "empechement": cote and _empechement(relation, cote, request.user),
        "peut_decliner": cote and relation.raison_de_ne_pas_decliner(request.user) is None,
        "peut_se_retirer": cote and relation.raison_de_ne_pas_se_retirer(request.user) is None,
        "peut_demander_un_tiers": cote
        and relation.raison_de_ne_pas_demander_un_tiers(request.user) is None,
        "ma_raison": relation.raison if cote and cote == relation.close_par else "",
        **_identites(relation, cote),
    }
    return render(request, "annuaire/relations/relation.html", contexte)


def _empechement(relation, cote, personne) -> str | None:
    """Why one may not say yes now, when one still could."""
    if relation.etat != EtatRelation.EN_COURS or relation.a_accepte(cote):
        return None
    return relation.raison_de_ne_pas_accepter(personne)


def _identites(relation, cote) -> dict:
    """Who the other is: nothing unless both agreed. The third party never learns it here."""
    if cote is None or not relation.en_accord:
        return {}
    if cote == Cote.EQUIPE:
        profil = relation.profil
        return {
            "coordonnees": regards.coordonnees(profil),
            "attributs": regards.attributs_vus(profil, Cercle.ACCORD),
        }
    if relation.appel_id:
        equipe = relation.appel.equipe.filter(is_active=True).order_by("pk")
    else:
        equipe = [relation.repondant]
    return {"equipe": [personne.nom or "Une personne de l’équipe" for personne in equipe]}


# --- What one may do -----------------------------------------------------------------------------
ACTES = {
    "accepter": "Votre oui est enregistré.",
    "decliner": "C’est noté. L’autre côté saura seulement que cela n’aura pas de suite.",
    "se_retirer": "C’est fait. L’autre côté reçoit un message neutre, sans raison.",
    "demander_un_tiers": "Votre demande est enregistrée.",
}


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def accepter(request, relation):
    return _confirmer(request, relation, "accepter")


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def decliner(request, relation):
    form = DeclinerForm(request.POST if request.method == "POST" else None)
    return _confirmer(request, relation, "decliner", form)


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def se_retirer(request, relation):
    """The button of the page acts at once: one click, no question. A GET shows that button."""
    return _confirmer(request, relation, "se_retirer")


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def demander_un_tiers(request, relation):
    return _confirmer(request, relation, "demander_un_tiers")


def _confirmer(request, uuid, acte, form=None):
    relation = relation_de(request, uuid)
    cote = relation.cote_de(request.user)
    if cote is None:  # the third party looks, and decides nothing
        raise Http404
    if request.method == "POST" and (form is None or form.is_valid()):
        suite = [form.cleaned_data["raison"]] if form else []
        try:
            getattr(relation, acte)(request.user, *suite)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, _fait(relation, acte))
        return redirect("annuaire:relation", relation.uuid)
    if raison := getattr(relation, f"raison_de_ne_pas_{acte}")(request.user):
        messages.error(request, raison)
        return redirect("annuaire:relation", relation.uuid)
    contexte = {
        "relation": relation,
        "acte": acte,
        "form": form,
        "est_patient": cote == Cote.PATIENT,
        "second_oui": relation.a_accepte(cote.autre),
    }
    return render(request, "annuaire/relations/confirmer.html", contexte)


def _fait(relation, acte) -> str:
    if acte == "accepter" and relation.en_accord:
        return "Vous êtes d’accord tous les deux : voici qui est qui."
    if acte == "demander_un_tiers" and relation.tiers is None:
        return "Votre demande est enregistrée. L’équipe du hub cherche une personne de confiance."
    return ACTES[acte]


# --- The team of an appel ------------------------------------------------------------------------
def appel_de_l_equipe(request, uuid):
    """An appel of the signed-in person, who is not a candidate to it."""
    appels = request.user.appels.select_related("structure")
    return get_object_or_404(appels.exclude(relations__profil__personne=request.user), uuid=uuid)


@never_cache
@require_safe
def candidatures(request, appel):
    """Who came forward, in an order that changes at each visit: nobody is first."""
    appel = appel_de_l_equipe(request, appel)
    toutes = list(appel.relations.filter(anonymise_le=None).select_related("profil"))
    en_cours = [une for une in toutes if une.etat == EtatRelation.EN_COURS]
    random.SystemRandom().shuffle(en_cours)
    contexte = {
        "appel": appel,
        "en_cours": en_cours,
        "accordees": [une for une in toutes if une.etat == EtatRelation.ACCORDEE],
        "nombre_finies": len([une for une in toutes if une.etat == EtatRelation.SANS_SUITE]),
        "oui": len([une for une in en_cours if une.accord_equipe_le]),
        "libres": places_libres(appel),
        "par_tirage": appel.mode == ModeDeChoix.TIRAGE,
        "sans_tirage": tirage.raison_de_ne_pas_tirer(appel, request.user),
    }
    return render(request, "annuaire/relations/candidatures.html", contexte)


@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def tirer_au_sort(request, appel):
    """Ask the hub to draw among the volunteers."""
    appel = appel_de_l_equipe(request, appel)
    if request.method == "POST":
        try:
            tires = tirage.tirer_au_sort(appel, request.user)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            mots = "personne tirée au sort" if len(tires) == 1 else "personnes tirées au sort"
            messages.success(request, f"{len(tires)} {mots}. Chacune peut dire oui ou non.")
        return redirect("annuaire:candidatures", appel.uuid)
    if raison := tirage.raison_de_ne_pas_tirer(appel, request.user):
        messages.error(request, raison)
        return redirect("annuaire:candidatures", appel.uuid)
    contexte = {
        "appel": appel,
        "places": tirage.places_a_tirer(appel),
        "volontaires": tirage.volontaires(appel).count(),
    }
    return render(request, "annuaire/relations/tirage.html", contexte)


# --- Answering an offre ---------------------------------------------------------------------------
@never_cache
@require_http_methods(LIRE_OU_ENVOYER)
def repondre_offre(request, offre):
    """A team answers, in a few lines, somebody who proposed themself."""
    offre = get_object_or_404(
        Offre.objects.filter(etat=EtatOffre.OUVERTE).select_related("profil"), uuid=offre
    )
    structures = Structure.objects.filter(
        rattachements__personne=request.user, rattachements__etat=EtatRattachement.ACCEPTE
    ).distinct()
    if not structures:
        return render(
            request, "annuaire/relations/repondre_offre.html", {"offre": offre, "raison": SANS}
        )
    form = ReponseALOffreForm(
        request.POST if request.method == "POST" else None, structures=structures
    )
    raison = raison_de_ne_pas_repondre_a_l_offre(offre, request.user, structures[0])
    if request.method == "POST" and form.is_valid():
        try:
            relation = repondre_a_l_offre(
                offre, form.cleaned_data["structure"], form.cleaned_data["texte"], par=request.user
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Votre réponse est partie.")
            return redirect("annuaire:relation", relation.uuid)
    contexte = {"offre": offre, "form": form, "raison": raison}
    return render(request, "annuaire/relations/repondre_offre.html", contexte)


SANS = (
    "Pour répondre à une offre, dites d’abord à quelle structure vous appartenez, et attendez que "
    "ce lien soit vérifié."
)

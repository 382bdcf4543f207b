"""Coming forward: somebody answers an appel, a team answers an offre, in a few lines."""

from django.db import transaction
from django.utils import timezone

from annuaire import avis_relations
from annuaire.coordonnees import REFUS, contient_des_coordonnees
from annuaire.enums import (
    Cote,
    EtatAppel,
    EtatOffre,
    EtatProfil,
    EtatRattachement,
    ReponseSollicitation,
)
from annuaire.transitions.regles import (
    APPEL_CLOS,
    DE_L_EQUIPE,
    LONGUEUR_MOTIVATION,
    PLUS_DE_PLACE,
    dirige,
    est_juge_et_partie,
    places_libres,
    texte_propre,
    verrouiller,
)
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee


def raison_de_ne_pas_repondre(profil, appel) -> str | None:
    """Why this profile may not answer this appel now. A few queries."""
    if profil is None or profil.etat != EtatProfil.ACTIF:
        return "Pour répondre, ouvrez d’abord votre profil de patient partenaire."
    if appel.etat == EtatAppel.POURVU:
        return PLUS_DE_PLACE
    if appel.etat not in EtatAppel.vivants() or appel.expire_le <= timezone.now():
        return APPEL_CLOS
    if est_juge_et_partie(profil.personne, appel):
        return DE_L_EQUIPE
    if appel.relations.filter(profil=profil).exists():
        return "Vous avez déjà répondu à cet appel."
    if not places_libres(appel):
        return PLUS_DE_PLACE
    return None


def se_dire_interesse(profil, appel, motivation, *, tirage=True):
    """« Cela m’intéresse »: a few lines under pseudonym, for the team of ``appel``."""
    motivation = texte_propre(motivation, LONGUEUR_MOTIVATION)
    if not motivation:
        raise TransitionRefusee("Écrivez quelques lignes pour l’équipe.")
    if contient_des_coordonnees(motivation):
        raise TransitionRefusee(REFUS)
    with transaction.atomic():
        appel = verrouiller(type(appel), appel.pk)
        profil = verrouiller(type(profil), profil.pk)
        if raison := raison_de_ne_pas_repondre(profil, appel):
            raise TransitionRefusee(raison)
        relation = appel.relations.create(
            profil=profil, motivation=motivation, veut_bien_le_tirage=bool(tirage)
        )
        profil.sollicitations.filter(appel=appel).update(reponse=ReponseSollicitation.INTERESSE)
        consigner(relation, "interesse", None, cote=Cote.PATIENT)
        avis_relations.a_l_equipe(relation, "nouvelle_candidature")
    return relation


def decliner_la_proposition(sollicitation) -> None:
    """« Pas cette fois » : nobody else learns it."""
    type(sollicitation).objects.filter(
        pk=sollicitation.pk, reponse=ReponseSollicitation.ATTENDUE
    ).update(reponse=ReponseSollicitation.DECLINEE)


def raison_de_ne_pas_repondre_a_l_offre(offre, personne, structure) -> str | None:
    """Why ``personne`` may not answer this offre for ``structure`` now."""
    if offre.etat != EtatOffre.OUVERTE or (offre.expire_le and offre.expire_le <= timezone.now()):
        return "Cette offre n’est plus ouverte."
    if offre.profil.personne_id == personne.pk:
        return "C’est votre propre offre."
    lien = personne.rattachements.filter(structure=structure, etat=EtatRattachement.ACCEPTE)
    if structure is None or not lien.exists():
        return "Répondez au nom d’une structure à laquelle vous êtes rattaché."
    if dirige(offre.profil.personne, structure.pk):
        return "Cette offre ne s’adresse pas à cette structure."
    if offre.relations.filter(repondant=personne).exists():
        return "Vous avez déjà répondu à cette offre."
    return None


def repondre_a_l_offre(offre, structure, texte, *, par):
    """A team answers an offre in a few lines."""
    texte = texte_propre(texte, LONGUEUR_MOTIVATION)
    if not texte:
        raise TransitionRefusee("Écrivez quelques lignes.")
    if contient_des_coordonnees(texte):
        raise TransitionRefusee(REFUS)
    with transaction.atomic():
        offre = verrouiller(type(offre), offre.pk)
        if raison := raison_de_ne_pas_repondre_a_l_offre(offre, par, structure):
            raise TransitionRefusee(raison)
        relation = offre.relations.create(
            profil=offre.profil, repondant=par, structure=structure, motivation=texte
        )
        consigner(relation, "repondre", par, cote=Cote.EQUIPE)
        avis_relations.au_patient(relation, "reponse_a_l_offre")
    return relation

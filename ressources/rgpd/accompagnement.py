"""Support, bilan, attestations: read by the project; the support also by who follows it."""

from hubpartenariat.socle.registre import (
    Cercle,
    Classe,
    Effacement,
    champs,
    declarer,
    elargir,
    internes,
)
from ressources.models import Accompagnement, AttestationDeProjet, Bilan, Rencontre
from ressources.rgpd.ecrits import A_TOUS, CONSERVATION, EQUIPE, de_l_ecrit, presents

SUIVI = (EQUIPE, Cercle.TIERS, Cercle.MODERATION)
SIENNE = (EQUIPE, Cercle.PROPRIETAIRE)  # the person attested, even once out of the project
CONSEIL = "Ce qui a été décidé ensemble reste au projet."


def _referents(accompagnement) -> set[int]:
    """Who follows the team; while nobody does, every référent of a territory reads the request."""
    from django.contrib.auth import get_user_model

    from hubpartenariat.comptes.enums import Role

    if not accompagnement.a_prendre:
        return {accompagnement.referent_id} - {None}
    tous = get_user_model().objects.filter(groups__name=Role.REFERENT_TERRITORIAL)
    return set(tous.values_list("pk", flat=True))


declarer(
    Accompagnement,
    internes("id uuid projet etat demande_le referent pris_le clos_le"),
    champs("demande", Classe.PERSONNELLE, SUIVI, garde=A_TOUS),
    finalite="Aider une équipe qui le demande, et savoir qui la suit.",
    conservation=CONSERVATION,
    effacement=Effacement.ANONYMISER,
    pourquoi="Le suivi est celui de l’équipe ; il reste, sans votre nom.",
    a_moi=lambda p: Accompagnement.objects.filter(referent=p),
    effacer=lambda p: Accompagnement.objects.filter(referent=p).update(referent=None),
    cercles={EQUIPE: de_l_ecrit, Cercle.TIERS: _referents},
)
declarer(
    Rencontre,
    internes("id accompagnement tenue_le pas ecrite_par"),
    champs("decisions suites", Classe.PERSONNELLE, SUIVI, garde=CONSEIL),
    finalite="Garder ce qui a été décidé à chaque rencontre.",
    conservation=CONSERVATION,
    effacement=Effacement.ANONYMISER,
    pourquoi=CONSEIL,
    a_moi=lambda p: Rencontre.objects.filter(ecrite_par=p),
    effacer=lambda p: Rencontre.objects.filter(ecrite_par=p).update(ecrite_par=None),
    cercles={
        EQUIPE: lambda r: presents(r.accompagnement.projet),
        Cercle.TIERS: lambda r: _referents(r.accompagnement),
    },
)
declarer(
    Bilan,
    internes("id projet revision rendu_le rendu_revision accord_de un_seul_cote"),
    champs(
        "effets_patients effets_equipe effets_suite partenariat_bien partenariat_mal"
        " partenariat_autre",
        Classe.PERSONNELLE,
        (EQUIPE,),
        garde=A_TOUS,
    ),
    finalite="Regarder ensemble ce que le projet a changé, et comment le partenariat a marché.",
    conservation=CONSERVATION,
    # It is given back by mail to everyone who took part, those who left included.
    cercles={EQUIPE: lambda bilan: _ont_pris_part(bilan.projet)},
)


def _ont_pris_part(projet) -> set[int]:
    return {cle for cle in projet.participations.values_list("personne", flat=True) if cle}


declarer(
    AttestationDeProjet,
    internes("id uuid participation genre du au heures demandee_le cosignee_par cosignee_le code"),
    internes("refusee_le"),
    champs("nom role", Classe.PERSONNELLE, SIENNE),
    champs("cosignee_nom motif", Classe.PERSONNELLE, SIENNE, garde=CONSEIL),
    finalite="Attester de ce qu’une personne a fait dans un projet.",
    conservation="Jusqu’à l’effacement du compte de la personne attestée.",
    a_moi=lambda p: AttestationDeProjet.objects.filter(participation__personne=p),
    cercles={
        EQUIPE: lambda une: presents(une.participation.projet),
        Cercle.PROPRIETAIRE: lambda une: {une.participation.personne_id},
    },
)


@elargir("ressources.Projet", "titre")
@elargir("ressources.Projet", "resume")
def _projets_accompagnes(projet):
    """Who follows a team reads what its project is; so does the team of the Pôle."""
    suivis = list(projet.accompagnements.all())
    if suivis:
        yield Cercle.MODERATION
    for un in suivis:
        yield from _referents(un)


@elargir("ressources.Projet", "titre")
def _projets_attestes(projet):
    """Whoever has an attestation of a project keeps reading its title."""
    attestees = AttestationDeProjet.objects.filter(participation__projet=projet)
    yield from attestees.values_list("participation__personne", flat=True)


@elargir("comptes.Utilisateur", "nom")
def _noms_des_referents(compte):
    """A team reads the name of who follows it; so do those who follow teams."""
    for un in compte.accompagnements.select_related("projet"):
        yield from presents(un.projet)
        yield Cercle.MODERATION

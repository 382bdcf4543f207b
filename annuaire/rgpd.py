"""What the directory holds about people: who may read each field, why, how long.

A profile can reveal an illness. What its owner decides attribute by attribute is applied by
``regards.py``; this file says the law that the generic tests check in every answer of the hub.
"""

from annuaire import models as m
from annuaire.effacement import (
    effacer_les_appels,
    effacer_les_relations,
    effacer_les_structures,
)
from annuaire.enums import (
    Cote,
    EtatAppel,
    EtatOffre,
    EtatProfil,
    EtatRelation,
    EtatStructure,
    Regard,
)
from hubpartenariat.comptes.consentements import Finalite, actif
from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from hubpartenariat.socle.registre import elargir as _elargir

TOUS, MEMBRES, MODERATION = Cercle.TOUS, Cercle.MEMBRES, Cercle.MODERATION
PROPRIETAIRE, EQUIPE, ACCORD, TIERS = (
    Cercle.PROPRIETAIRE,
    Cercle.EQUIPE,
    Cercle.ACCORD,
    Cercle.TIERS,
)
PUBLIQUE, PERSONNELLE, SANTE = Classe.PUBLIQUE, Classe.PERSONNELLE, Classe.SANTE
DEUX_COTES = (PROPRIETAIRE, EQUIPE)
PUBLIES = EtatAppel.publics() | {EtatAppel.SANS_SUITE, EtatAppel.EXPIRE}
ACCORDEES = (EtatRelation.ACCORDEE, EtatRelation.CLOSE)


def _cles(comptes) -> set[int]:
    return set(comptes.values_list("pk", flat=True))


# --- Structures ----------------------------------------------------------------------------
def _structure(structure, nom):
    montree = structure.etat in (EtatStructure.PUBLIEE, EtatStructure.FUSIONNEE)
    return [TOUS] if montree else [Cercle.STRUCTURE, PROPRIETAIRE, MODERATION]


def _rattaches(structure) -> set[int]:
    return set(structure.rattachements.exclude(etat="refuse").values_list("personne", flat=True))


declarer(
    m.Structure,
    internes("id etat_depuis uuid slug etat fusionnee_dans exemple proposee_par"),
    internes("creee_le modifiee_le publiee_le"),
    champs("nom type_structure groupe departements commune page_web", PUBLIQUE, _structure),
    champs("presentation partenariat domaines formes", PUBLIQUE, _structure),
    champs("domaines_courriel", PERSONNELLE, (Cercle.STRUCTURE, MODERATION)),
    champs("motif", PERSONNELLE, (Cercle.STRUCTURE, PROPRIETAIRE, MODERATION)),
    finalite="Faire connaître les structures qui travaillent en partenariat.",
    conservation="Tant que la structure est dans l’annuaire.",
    effacement=Effacement.ANONYMISER,
    pourquoi="La page de la structure reste : elle ne parle pas de vous.",
    a_moi=lambda p: m.Structure.objects.filter(proposee_par=p),
    effacer=effacer_les_structures,
    cercles={
        Cercle.STRUCTURE: _rattaches,
        PROPRIETAIRE: lambda s: {s.proposee_par_id},
    },
)

declarer(
    m.Rattachement,
    internes("id structure personne role etat preuve montre_mon_nom cree_le decide_le"),
    champs("message", PERSONNELLE, (PROPRIETAIRE, Cercle.STRUCTURE, MODERATION)),
    finalite="Savoir qui représente une structure.",
    conservation="Tant que dure le rattachement.",
    a_moi=lambda p: m.Rattachement.objects.filter(personne=p),
    cercles={
        PROPRIETAIRE: lambda r: {r.personne_id},
        Cercle.STRUCTURE: lambda r: set(
            r.structure.rattachements.filter(etat="accepte", role="referent").values_list(
                "personne", flat=True
            )
        ),
    },
)

declarer(
    m.Perimetre,
    internes("id personne departements public depuis jusqu_au"),
    champs(
        "groupe presentation",
        PERSONNELLE,
        lambda p, nom: [TOUS] if p.public else [PROPRIETAIRE, MODERATION],
    ),
    finalite="Dire quel référent couvre quel territoire.",
    conservation="Tant que la personne est référente.",
    a_moi=lambda p: m.Perimetre.objects.filter(personne=p),
    cercles={PROPRIETAIRE: lambda p: {p.personne_id}},
)


# --- Profile -------------------------------------------------------------------------------
DE_SANTE = ("savoirs", "themes", "amenagements")


def _regard(profil, nom):
    """What the owner chose for this attribute, as circles; closed unless they chose.

    Said here apart from ``regards.py``, so that one can be checked against the other. What can
    reveal an illness is never shown to all members: a team would read it before both agreed.
    """
    ouvert = profil.etat == EtatProfil.ACTIF and actif(profil.personne_id, Finalite.APPARIEMENT)
    par_defaut = Regard.APPARIEMENT if nom in DE_SANTE else Regard.ACCORD
    choisi = profil.visibilites.get(nom) or par_defaut
    if not ouvert or choisi not in (Regard.ACCORD, Regard.MEMBRES):
        return [PROPRIETAIRE]
    a_tous = choisi == Regard.MEMBRES and nom not in DE_SANTE
    return [PROPRIETAIRE, ACCORD, *([MEMBRES] if a_tous else [])]


def _equipes(profil) -> set[int]:
    """Teams that this person answered, and those who answered their offres."""
    relations = m.MiseEnRelation.objects.filter(profil=profil)
    return _cotes_equipe(relations)


def _accordees(profil) -> set[int]:
    return _cotes_equipe(m.MiseEnRelation.objects.filter(profil=profil, etat__in=ACCORDEES))


def _cotes_equipe(relations) -> set[int]:
    des_appels = set(relations.values_list("appel__equipe", flat=True))
    return (des_appels | set(relations.values_list("repondant", flat=True))) - {None}


def _pseudonyme(profil, nom):
    offre = profil.offres.filter(etat__in=[EtatOffre.OUVERTE, EtatOffre.POURVUE]).exists()
    return [PROPRIETAIRE, EQUIPE, TIERS, MODERATION, *([TOUS] if offre else [])]


declarer(
    m.Profil,
    internes("id versions etat_depuis uuid personne etat exemple majeur"),
    internes("partage_courriel sollicitations_par_mois missions_actives_max"),
    internes("cree_le modifiee_le"),
    champs("representant suivi criteres visibilites pause_jusqu_au", PERSONNELLE, (PROPRIETAIRE,)),
    champs("pseudonyme", PERSONNELLE, _pseudonyme),
    champs("motif", PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    champs("appellation experience formations association langues", PERSONNELLE, _regard),
    champs(" ".join(DE_SANTE), SANTE, _regard),
    champs("domaines missions souhaits reconnaissance", PERSONNELLE, _regard),
    champs("territoires a_distance disponibilites contraintes", PERSONNELLE, _regard),
    champs("telephone", PERSONNELLE, (PROPRIETAIRE, ACCORD)),
    finalite="Vous proposer des missions qui vous correspondent.",
    conservation="Jusqu’à ce que vous le fermiez ou l’effaciez ; 25 mois sans visite au plus.",
    a_moi=lambda p: m.Profil.objects.filter(personne=p),
    cercles={
        PROPRIETAIRE: lambda p: {p.personne_id},
        EQUIPE: _equipes,
        ACCORD: _accordees,
        TIERS: lambda p: set(p.relations.values_list("tiers", flat=True)),
    },
)


def _offre(offre, nom):
    if offre.etat in (EtatOffre.OUVERTE, EtatOffre.POURVUE):
        return [TOUS]
    cercles = [PROPRIETAIRE, EQUIPE, TIERS]
    return cercles if offre.etat == EtatOffre.BROUILLON else [*cercles, MODERATION]


declarer(
    m.Offre,
    internes("id etat_depuis uuid profil etat exemple alertes"),
    internes("creee_le modifiee_le publiee_le expire_le"),
    champs("titre texte domaine departements", PERSONNELLE, _offre),
    champs("motif", PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    finalite="Faire connaître aux équipes, sous pseudonyme, ce que vous aimeriez faire.",
    conservation="2 ans après sa fin.",
    a_moi=lambda p: m.Offre.objects.filter(profil__personne=p),
    cercles={
        PROPRIETAIRE: lambda o: {o.profil.personne_id},
        EQUIPE: lambda o: set(o.relations.values_list("repondant", flat=True)),
        TIERS: lambda o: set(o.relations.values_list("tiers", flat=True)),
    },
)


# --- Appels --------------------------------------------------------------------------------
def _appel(appel, nom):
    if appel.etat in PUBLIES:
        return [TOUS]
    return [EQUIPE] if appel.etat == EtatAppel.BROUILLON else [EQUIPE, MODERATION]


declarer(
    m.Appel,
    internes("id versions etat_depuis uuid slug etat exemple equipe structure mode alertes"),
    internes("creee_le modifiee_le soumis_le publie_le expire_le relance_le anonymise_le"),
    champs("titre description mission domaine themes deja_fait", PUBLIQUE, _appel),
    champs("departements commune lieu temps disponibilites places", PUBLIQUE, _appel),
    champs("statut frais charte", PUBLIQUE, _appel),
    champs("pourquoi_une_place", PUBLIQUE, _appel),
    champs("suivi", PERSONNELLE, (EQUIPE,)),
    champs("orientation", PERSONNELLE, (EQUIPE, MODERATION)),
    champs("motif", PERSONNELLE, (EQUIPE, MODERATION, Cercle.CANDIDATS)),
    finalite="Faire connaître le besoin d’une équipe.",
    conservation="2 ans après sa fin, puis sans ce qui désigne quelqu’un.",
    effacement=Effacement.ANONYMISER,
    pourquoi=(
        "Un appel est celui d’une équipe : il reste sans vous. Seul dans l’équipe, il est effacé "
        "s’il n’a pas été publié, et clos sinon."
    ),
    a_moi=lambda p: m.Appel.objects.filter(equipe=p),
    effacer=effacer_les_appels,
    cercles={
        EQUIPE: lambda a: _cles(a.equipe),
        # Those who answered may be told why nothing came of it.
        Cercle.CANDIDATS: lambda a: set(a.relations.values_list("profil__personne", flat=True)),
    },
)


# --- Mise en relation ----------------------------------------------------------------------
def _patient(relation) -> set[int]:
    """Nobody, once the relation is anonymised."""
    return {relation.profil.personne_id} if relation.profil_id else set()


def _equipe(relation) -> set[int]:
    if relation.appel_id:
        return _cles(relation.appel.equipe)
    return {relation.repondant_id}


def _de_la_raison(relation) -> set[int]:
    return _patient(relation) if relation.close_par == Cote.PATIENT else _equipe(relation)


def _de_la_motivation(relation) -> set[int]:
    return {relation.repondant_id} if relation.offre_id else _patient(relation)


def _raison(relation, nom):
    """Never the other side."""
    return [PROPRIETAIRE] if relation.close_par == Cote.PATIENT else [EQUIPE]


def _accord(relation, cote):
    """One side knows of the other’s yes once both have said it."""
    return DEUX_COTES if relation.etat in ACCORDEES else [cote]


DES_DEUX_COTES = {PROPRIETAIRE: _patient, EQUIPE: _equipe, TIERS: lambda r: {r.tiers_id}}

declarer(
    m.MiseEnRelation,
    internes("id etat_depuis uuid appel offre profil repondant structure etat"),
    internes("veut_bien_le_tirage siege"),
    internes("tiers tiers_demande_le messages_fermes_par creee_le relance_le anonymise_le"),
    champs("motivation", PERSONNELLE, (*DEUX_COTES, TIERS), de=_de_la_motivation),
    champs("raison close_par", PERSONNELLE, _raison, de=_de_la_raison),
    champs("accord_equipe_le", PERSONNELLE, lambda r, nom: _accord(r, EQUIPE)),
    champs("accord_patient_le", PERSONNELLE, lambda r, nom: _accord(r, PROPRIETAIRE)),
    finalite="Permettre à une équipe et à un patient partenaire de se choisir.",
    conservation="2 ans après la fin, puis sans aucun texte.",
    a_moi=lambda p: (
        m.MiseEnRelation.objects.filter(profil__personne=p)
        | m.MiseEnRelation.objects.filter(repondant=p)
    ),
    effacer=effacer_les_relations,
    cercles=DES_DEUX_COTES,
)

declarer(
    m.Sollicitation,
    internes("id uuid appel profil canal mois rang reponse creee_le"),
    champs("raisons", PERSONNELLE, (PROPRIETAIRE,)),
    finalite="Ne jamais vous proposer plus d’appels que vous ne le souhaitez.",
    conservation="2 ans.",
    a_moi=lambda p: m.Sollicitation.objects.filter(profil__personne=p),
    cercles={PROPRIETAIRE: lambda s: {s.profil.personne_id}},
)

declarer(
    m.LienMagique,
    internes("id personne sollicitation relation cree_le utilise_le"),
    champs("empreinte courriel", PERSONNELLE, (Cercle.PERSONNE,)),
    finalite="Vous laisser répondre à un message sans vous connecter.",
    conservation="8 jours.",
    a_moi=lambda p: m.LienMagique.objects.filter(personne=p),
)


def _message(message, nom):
    """The two sides, and who treats reports once one of them reported it."""
    signale = m.Signalement.objects.filter(
        type_objet__app_label="annuaire", type_objet__model="message", cle_objet=str(message.pk)
    )
    return [*DEUX_COTES, *([Cercle.ADMINISTRATION] if signale.exists() else [])]


declarer(
    m.Message,
    internes("id uuid relation cote auteur envoye_le lu_le"),
    champs("texte", PERSONNELLE, _message, de=lambda x: {x.auteur_id}),
    finalite="Vous écrire de part et d’autre sans montrer vos adresses.",
    conservation="2 ans après la fin de la mise en relation.",
    a_moi=lambda p: m.Message.objects.filter(auteur=p),
    cercles={
        PROPRIETAIRE: lambda x: _patient(x.relation),
        EQUIPE: lambda x: _equipe(x.relation),
    },
)


# --- After ---------------------------------------------------------------------------------
DE_LA_MISSION = {
    PROPRIETAIRE: lambda x: _patient(x.mission.relation),
    EQUIPE: lambda x: _equipe(x.mission.relation),
}

declarer(
    m.MissionSuivie,
    internes("id uuid etat_depuis relation etat creee_le"),
    champs("debut fin", PERSONNELLE, DEUX_COTES),
    finalite="Suivre légèrement ce qui se fait ensemble.",
    conservation="2 ans après la fin.",
    a_moi=lambda p: m.MissionSuivie.objects.filter(relation__profil__personne=p),
    cercles={
        PROPRIETAIRE: lambda x: _patient(x.relation),
        EQUIPE: lambda x: _equipe(x.relation),
    },
)

declarer(
    m.Rencontre,
    internes("id uuid mission notee_par"),
    champs("quand objet", PERSONNELLE, DEUX_COTES),
    finalite="Suivre légèrement ce qui se fait ensemble.",
    conservation="2 ans après la fin de la mission.",
    a_moi=lambda p: m.Rencontre.objects.filter(mission__relation__profil__personne=p),
    cercles=DE_LA_MISSION,
)


def _retour(retour, nom):
    if retour.montre_a_l_autre:
        return DEUX_COTES
    return [PROPRIETAIRE] if retour.cote == Cote.PATIENT else [EQUIPE]


declarer(
    m.Retour,
    internes("id mission cote montre_a_l_autre cree_le"),
    champs("satisfaction texte", PERSONNELLE, _retour),
    finalite="Dire ce que vous retenez d’une mission.",
    conservation="2 ans après la fin de la mission.",
    a_moi=lambda p: m.Retour.objects.filter(mission__relation__profil__personne=p),
    cercles=DE_LA_MISSION,
)

declarer(
    m.LigneDeCarnet,
    internes("id uuid profil mission demandee_le declinee_le cosignee_par cosignee_le creee_le"),
    champs(
        "quand heures role description",
        PERSONNELLE,
        lambda ligne, nom: DEUX_COTES if ligne.demandee_le else [PROPRIETAIRE],
    ),
    finalite="Garder la trace de vos engagements, pour une attestation.",
    conservation="Jusqu’à ce que vous l’effaciez.",
    a_moi=lambda p: m.LigneDeCarnet.objects.filter(profil__personne=p),
    cercles={
        PROPRIETAIRE: lambda x: {x.profil.personne_id},
        EQUIPE: lambda x: _equipe(x.mission.relation) if x.mission_id else set(),
    },
)

declarer(
    m.Attestation,
    internes("id uuid profil code faite_le"),
    champs("nom du au contenu", PERSONNELLE, (PROPRIETAIRE,)),
    finalite="Vous remettre de nouveau une attestation que vous avez demandée.",
    conservation="Jusqu’à ce que vous fermiez votre compte.",
    a_moi=lambda p: m.Attestation.objects.filter(profil__personne=p),
    cercles={PROPRIETAIRE: lambda x: {x.profil.personne_id}},
)

# Refers to nobody: a paper already given stays checkable after its owner left.
declarer(
    m.CodeDAttestation,
    champs("id code heures faite_le", Classe.INTERNE),
    finalite="Laisser vérifier une attestation, sans aucun nom.",
    conservation="Sans limite : rien n’y désigne quelqu’un.",
)

declarer(
    m.Signalement,
    internes("id uuid auteur type_objet cle_objet etat cree_le"),
    champs(
        "texte",
        PERSONNELLE,
        (PROPRIETAIRE, Cercle.ADMINISTRATION),
        garde="Un signalement protège d’autres personnes.",
    ),
    champs("suite", PERSONNELLE, (PROPRIETAIRE, Cercle.ADMINISTRATION)),
    finalite="Traiter ce que vous avez signalé.",
    conservation="3 ans.",
    effacement=Effacement.ANONYMISER,
    pourquoi="Un signalement protège d’autres personnes : son texte reste, sans votre nom.",
    a_moi=lambda p: m.Signalement.objects.filter(auteur=p),
    effacer=lambda p: m.Signalement.objects.filter(auteur=p).update(auteur=None, suite=""),
    cercles={PROPRIETAIRE: lambda s: {s.auteur_id}},
)


# --- Names and addresses of accounts --------------------------------------------------------
@_elargir("comptes.Utilisateur", "nom")
def _noms_montres(compte):
    """Shown publicly by choice; to both sides after the double agreement; to the third party."""
    if (
        compte.perimetres.filter(public=True).exists()
        or compte.rattachements.filter(
            montre_mon_nom=True, etat="accepte", structure__etat=EtatStructure.PUBLIEE
        ).exists()
    ):
        yield TOUS
    yield from _autre_cote(compte)


@_elargir("comptes.Utilisateur", "email")
def _adresses_donnees(compte):
    """Given after the double agreement, by those who chose to."""
    profil = m.Profil.objects.filter(personne=compte, partage_courriel=True).first()
    if profil:
        yield from _accordees(profil)


def _autre_cote(compte):
    """The other side of the double agreements of this account, the team around them."""
    accordees = m.MiseEnRelation.objects.filter(etat__in=ACCORDEES)
    yield from _cotes_equipe(accordees.filter(profil__personne=compte))
    en_equipe = accordees.filter(appel__equipe=compte) | accordees.filter(repondant=compte)
    yield from en_equipe.values_list("profil__personne", flat=True)
    for appel in m.Appel.objects.filter(equipe=compte).prefetch_related("equipe"):
        yield from (autre.pk for autre in appel.equipe.all())
    for rattachement in compte.rattachements.select_related("structure"):
        yield from _rattaches(rattachement.structure)
    # The third party is named to both sides, and knows neither before they agree.
    accompagnees = m.MiseEnRelation.objects.filter(tiers=compte)
    for relation in accompagnees.select_related("profil"):
        yield from _patient(relation) | _equipe(relation)

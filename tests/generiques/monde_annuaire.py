"""The directory in the small world: every object in every state, as rows.

Written below the transitions: states matter here, not the way there. ``equipe`` and ``autre`` hold
a structure and appels; ``auteur`` and ``autre`` have a profile and answer; ``referent`` covers the
territory and is the trusted third party of one relation.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from annuaire import models
from annuaire.enums import (
    EtatAppel,
    EtatMission,
    EtatOffre,
    EtatProfil,
    EtatRattachement,
    EtatRelation,
    EtatSignalement,
    EtatStructure,
)
from hubpartenariat.comptes.consentements import JOURS_DE_VALIDITE, Consentement, Finalite

MOIS = "2026-01"
PUBLIES = EtatAppel.publics() | {EtatAppel.SANS_SUITE, EtatAppel.EXPIRE}
AVEC_MOTIF = {EtatAppel.SANS_SUITE, EtatAppel.BROUILLON}
# The appel of each relation of ``auteur``: one relation per appel and person.
ACCORDS = {
    "en_cours": {},
    "accord_patient": {"accord_patient_le": True},
    "accord_equipe": {"accord_equipe_le": True},
    "accordee": {"accord_patient_le": True, "accord_equipe_le": True, "siege": 1},
    "sans_suite": {"close_par": "equipe", "raison": "Une raison gardée pour soi."},
    "close": {
        "accord_patient_le": True,
        "accord_equipe_le": True,
        "close_par": "patient",
        "raison": "Une raison gardée pour soi.",
    },
}


@dataclass
class Annuaire:
    """What the addresses of the directory are filled with, by state."""

    structures: dict = field(default_factory=dict)
    rattachements: dict = field(default_factory=dict)
    profils: dict = field(default_factory=dict)  # by owner
    appels: dict = field(default_factory=dict)
    offres: dict = field(default_factory=dict)
    sollicitations: dict = field(default_factory=dict)
    relations: dict = field(default_factory=dict)
    jetons: dict = field(default_factory=dict)  # tokens of magic links
    missions: dict = field(default_factory=dict)
    lignes: dict = field(default_factory=dict)
    rencontres: dict = field(default_factory=dict)
    attestations: dict = field(default_factory=dict)
    messages: dict = field(default_factory=dict)
    signalements: dict = field(default_factory=dict)
    perimetres: dict = field(default_factory=dict)

    @classmethod
    def construire(cls, personnes: dict) -> "Annuaire":
        monde = cls()
        for etape in (_structures, _profils, _appels, _relations, _apres, _autour):
            etape(monde, personnes)
        return monde

    def etats_de(self, modele) -> dict:
        """Every object of this model, by state; empty when the world keeps none by name."""
        for objets in vars(self).values():
            premier = next(iter(objets.values()), None)
            if isinstance(premier, modele):
                return objets
        return {}


def _structures(monde: Annuaire, gens: dict) -> None:
    for etat in (EtatStructure.PUBLIEE, EtatStructure.PROPOSEE, EtatStructure.RETIREE):
        monde.structures[etat.value] = _structure(f"Centre {etat.label}", etat, gens["equipe"])
    monde.structures["fusionnee"] = _structure(
        "Centre réuni",
        EtatStructure.FUSIONNEE,
        gens["equipe"],
        fusionnee_dans=monde.structures["publiee"],
    )
    monde.structures["d_autre"] = _structure("Maison d’autre", EtatStructure.PUBLIEE, gens["autre"])
    for nom, structure, qui, champs in (
        ("accepte", "publiee", "equipe", {"role": "referent", "montre_mon_nom": True}),
        ("d_autre", "d_autre", "autre", {"role": "referent"}),
        ("demande", "publiee", "autre", {"role": "equipe", "message": "J’y suis bénévole."}),
        ("refuse", "publiee", "auteur", {"role": "gestionnaire"}),
        ("clos", "d_autre", "equipe", {"role": "equipe"}),
    ):
        etat = nom if nom in EtatRattachement.values else EtatRattachement.ACCEPTE
        monde.rattachements[nom] = models.Rattachement.objects.create(
            structure=monde.structures[structure],
            personne=gens[qui],
            etat=etat,
            preuve="moderation" if etat == EtatRattachement.ACCEPTE else "",
            **champs,
        )


def _structure(nom: str, etat, qui, **champs):
    return models.Structure.objects.create(
        nom=nom,
        slug=f"centre-{models.Structure.objects.count()}",
        etat=etat,
        type_structure="hopital",
        departements=["94"],
        presentation="Un centre de soins.",
        partenariat="Un café des pairs.",
        motif="" if etat == EtatStructure.PUBLIEE else "Précisez le territoire.",
        proposee_par=qui,
        publiee_le=timezone.now(),
        **champs,
    )


def _profils(monde: Annuaire, gens: dict) -> None:
    for nom, etat in (("auteur", EtatProfil.ACTIF), ("autre", EtatProfil.ACTIF)):
        monde.profils[nom] = models.Profil.objects.create(
            personne=gens[nom],
            etat=etat,
            majeur=True,
            pseudonyme=f"Pseudo {nom}",
            motif="Rouvert après échange.",
            appellation="pair-aidant",
            savoirs="Vivre avec la dialyse.",
            themes=["Dialyse"],
            territoires=["94"],
            domaines=["parcours"],
            missions=["soutien"],
            criteres={"domaines": ["parcours"], "territoires": ["94"], "themes": ["dialyse"]},
        )
        for finalite in Finalite:
            Consentement.objects.create(
                personne=gens[nom],
                finalite=finalite,
                texte="J’accepte.",
                expire_le=timezone.now() + timedelta(days=JOURS_DE_VALIDITE),
            )
    monde.profils["ferme"] = models.Profil.objects.create(
        personne=gens["membre"], etat=EtatProfil.FERME, pseudonyme="Pseudo membre", majeur=True
    )
    for etat in EtatOffre:
        monde.offres[etat.value] = models.Offre.objects.create(
            profil=monde.profils["auteur"],
            etat=etat,
            titre=f"Offre {etat.label}",
            motif="Précisez." if etat in (EtatOffre.RETIREE, EtatOffre.BROUILLON) else "",
            texte="Je peux accompagner.",
            domaine="parcours",
            departements=["94"],
            publiee_le=timezone.now() if etat != EtatOffre.BROUILLON else None,
            expire_le=timezone.now() + timedelta(days=20),
        )


def _appel(monde: Annuaire, titre: str, etat, qui, structure="publiee", **champs):
    publie = etat in PUBLIES
    faite = models.Appel.objects.create(
        **{
            "structure": monde.structures[structure],
            "etat": etat,
            "titre": titre,
            "slug": f"appel-{models.Appel.objects.count()}" if publie else None,
            "description": "Nous cherchons des pairs.",
            "mission": "soutien",
            "domaine": "parcours",
            "departements": ["94"],
            "lieu": "sur_place",
            "temps": "Deux heures par mois",
            "places": 3,
            "statut": "benevolat",
            "frais": "rembourses",
            "charte": "oui",
            "motif": "Le projet est reporté." if etat in AVEC_MOTIF else "",
            "soumis_le": timezone.now() if etat != EtatAppel.BROUILLON else None,
            "publie_le": timezone.now() if publie else None,
            "expire_le": timezone.now() + timedelta(days=20) if publie else None,
        }
        | champs
    )
    faite.equipe.set([qui])
    return faite


def _appels(monde: Annuaire, gens: dict) -> None:
    monde.appels["vide"] = models.Appel.objects.create()
    monde.appels["vide"].equipe.set([gens["equipe"]])
    for etat in EtatAppel:
        monde.appels[etat.value] = _appel(monde, f"Appel {etat.label}", etat, gens["equipe"])
    monde.appels["d_autre"] = _appel(
        monde, "Appel d’autre", EtatAppel.OUVERT, gens["autre"], "d_autre"
    )
    ouvert = monde.appels["ouvert"]
    for rang, nom in enumerate(("auteur", "autre"), 1):
        monde.sollicitations[nom] = models.Sollicitation.objects.create(
            appel=ouvert, profil=monde.profils[nom], canal="hebdomadaire", mois=MOIS, rang=rang,
            raisons=["domaine", "territoire"],
        )  # fmt: skip


def _relations(monde: Annuaire, gens: dict) -> None:
    maintenant = timezone.now()
    for nom, champs in ACCORDS.items():
        etat = nom if nom in EtatRelation.values else EtatRelation.EN_COURS
        dates = {cle: maintenant if v is True else v for cle, v in champs.items()}
        appel = _appel(monde, f"Appel de la relation {nom}", EtatAppel.EN_CHOIX, gens["equipe"])
        monde.relations[nom] = models.MiseEnRelation.objects.create(
            appel=appel,
            profil=monde.profils["auteur"],
            etat=etat,
            motivation=f"Mes lignes, {nom}.",
            **dates,
        )
    en_cours = monde.relations["en_cours"]
    monde.relations["d_autre"] = models.MiseEnRelation.objects.create(
        appel=en_cours.appel, profil=monde.profils["autre"], motivation="Les lignes d’autre."
    )
    monde.relations["accompagnee"] = models.MiseEnRelation.objects.create(
        appel=monde.appels["d_autre"],
        profil=monde.profils["auteur"],
        motivation="Avec un tiers.",
        tiers=gens["referent"],
        tiers_demande_le=maintenant,
    )
    monde.relations["offre"] = models.MiseEnRelation.objects.create(
        offre=monde.offres["ouverte"],
        profil=monde.profils["auteur"],
        repondant=gens["equipe"],
        structure=monde.structures["publiee"],
        motivation="Votre offre nous intéresse.",
    )
    for relation in (monde.relations["accordee"], monde.relations["close"]):
        for cote, qui in (("patient", "auteur"), ("equipe", "equipe")):
            monde.messages[f"{relation.etat}_{cote}"] = models.Message.objects.create(
                relation=relation, cote=cote, auteur=gens[qui], texte=f"Bonjour, dit {cote}."
            )
    for nom, champs in (
        ("propose", {"sollicitation": monde.sollicitations["auteur"]}),
        ("utilise", {"relation": en_cours, "utilise_le": maintenant}),
        ("perime", {"relation": en_cours, "cree_le": maintenant - timedelta(days=9)}),
    ):
        monde.jetons[nom] = f"jeton-{nom}"
        models.LienMagique.objects.create(
            empreinte=hashlib.sha256(monde.jetons[nom].encode()).hexdigest(),
            personne=gens["auteur"],
            courriel=gens["auteur"].email,
            **champs,
        )


def _apres(monde: Annuaire, gens: dict) -> None:
    for etat, relation in (("en_cours", "accordee"), ("terminee", "close")):
        mission = models.MissionSuivie.objects.create(
            relation=monde.relations[relation], etat=EtatMission(etat)
        )
        monde.missions[etat] = mission
        monde.rencontres[etat] = models.Rencontre.objects.create(
            mission=mission, quand=timezone.localdate(), objet="Une rencontre", notee_par="equipe"
        )
        for cote in ("equipe", "patient"):
            models.Retour.objects.create(
                mission=mission, cote=cote, satisfaction=4, texte=f"Retour {cote}"
            )
    for nom, champs in (
        ("libre", {}),
        ("a_cosigner", {"mission": monde.missions["terminee"], "demandee_le": timezone.now()}),
        (
            "cosignee",
            {
                "mission": monde.missions["terminee"],
                "demandee_le": timezone.now(),
                "cosignee_par": gens["equipe"],
                "cosignee_le": timezone.now(),
            },
        ),
    ):
        monde.lignes[nom] = models.LigneDeCarnet.objects.create(
            profil=monde.profils["auteur"],
            quand=timezone.localdate(),
            heures=2,
            role=f"Rôle {nom}",
            **champs,
        )
    jour = timezone.localdate()
    for qui in ("auteur", "autre"):
        monde.attestations[qui] = models.Attestation.objects.etablir(
            monde.profils[qui], nom=f"Nom de {qui}", du=jour, au=jour
        )


def _autour(monde: Annuaire, gens: dict) -> None:
    appel = monde.appels["ouvert"]
    for etat in EtatSignalement:
        monde.signalements[etat.value] = models.Signalement.objects.create(
            auteur=gens["auteur"],
            type_objet=ContentType.objects.get_for_model(appel),
            cle_objet=str(appel.pk),
            texte="Quelque chose ne va pas.",
            suite="" if etat == EtatSignalement.RECU else "Nous avons appelé la structure.",
            etat=etat,
        )
    monde.perimetres["public"] = models.Perimetre.objects.create(
        personne=gens["referent"], departements=["94"], public=True
    )
    monde.perimetres["prive"] = models.Perimetre.objects.create(
        personne=gens["referent"], groupe="Groupe hospitalier Est"
    )

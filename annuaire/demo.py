"""The demonstration of the directory: structures, profiles, appels and pairs in every state.

All of it is invented. Rows are written as they would stand after their transitions.
"""

import json
import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from annuaire.enums import (
    Canal,
    EtatAppel,
    EtatMission,
    EtatOffre,
    EtatProfil,
    EtatRattachement,
    EtatRelation,
    EtatStructure,
    Preuve,
    RoleRattachement,
)
from annuaire.models import (
    Appel,
    LigneDeCarnet,
    MiseEnRelation,
    MissionSuivie,
    Offre,
    Perimetre,
    Profil,
    Rattachement,
    Sollicitation,
    Structure,
)
from annuaire.sections_de_profil import PARCOURS
from annuaire.sollicitations import mois_de
from hubpartenariat.comptes.consentements import Finalite, donner

FICHIER = settings.BASE_DIR / "fixtures" / "demo" / "annuaire.json"
ESPACE = uuid.UUID("0b8f6c9e-3d6a-4b53-9a64-5e1f2c7d8a90")
JOUR = timedelta(days=1)


def charger(comptes: dict, domaine: str) -> int:
    """Write what is not there yet; how many rows were written.

    ``comptes``: {"membre" | "structure" | "territoire": account}; ``domaine``: the end of the
    addresses of the accounts made for the profiles. Nothing that exists is touched.
    """
    lignes = json.loads(FICHIER.read_text(encoding="utf-8"))
    if Structure.objects.filter(uuid=_cle("structures", 0)).exists():
        return 0
    with transaction.atomic():
        structures = [_structure(n, ligne) for n, ligne in enumerate(lignes["structures"])]
        _rattacher(structures, comptes)
        profils = [_profil(n, li, comptes, domaine) for n, li in enumerate(lignes["profils"])]
        appels = [
            _appel(n, ligne, structures, comptes["structure"])
            for n, ligne in enumerate(lignes["appels"])
        ]
        for n, ligne in enumerate(lignes["relations"]):
            _relation(n, ligne, appels, profils, comptes["structure"])
        for n, ligne in enumerate(lignes["offres"]):
            _offre(n, ligne, profils)
        for n, ligne in enumerate(lignes["sollicitations"]):
            _sollicitation(n, ligne, appels, profils)
    return sum(len(partie) for partie in lignes.values())


def _cle(genre: str, rang: int) -> uuid.UUID:
    return uuid.uuid5(ESPACE, f"{genre}/{rang}")


def _structure(rang: int, ligne: dict) -> Structure:
    commune = ligne.pop("commune")
    structure = Structure.objects.create(
        uuid=_cle("structures", rang),
        slug=slugify(ligne["nom"])[:70],
        etat=EtatStructure.PUBLIEE,
        publiee_le=timezone.now() - (rang + 3) * 5 * JOUR,
        commune_id=commune,
        exemple=True,
        **ligne,
    )
    fiches = Structure._meta.get_field("fiches").related_model
    fiches.objects.filter(structure_nom=structure.nom, exemple=True).update(structure=structure)
    return structure


def _rattacher(structures: list[Structure], comptes: dict) -> None:
    maintenant = timezone.now()
    for structure in structures:
        Rattachement.objects.create(
            structure=structure,
            personne=comptes["structure"],
            role=RoleRattachement.REFERENT,
            etat=EtatRattachement.ACCEPTE,
            preuve=Preuve.MODERATION,
            decide_le=maintenant,
            montre_mon_nom=structure is structures[0],
        )
    Perimetre.objects.create(
        personne=comptes["territoire"],
        departements=["75", "93", "94"],
        presentation="J’aide les équipes et les patients partenaires à se rencontrer.",
        public=True,
    )


def _profil(rang: int, ligne: dict, comptes: dict, domaine: str) -> Profil:
    statistiques, pause = ligne.pop("statistiques"), ligne.pop("pause")
    personne = comptes["membre"] if rang == 0 else _compte(rang, domaine)
    profil = Profil.objects.create(
        uuid=_cle("profils", rang),
        personne=personne,
        exemple=True,
        majeur=True,
        pause_jusqu_au=timezone.localdate() + pause * JOUR if pause else None,
        reconnaissance=["defraiement"],
        versions={section.code: 1 for section in PARCOURS},
        **ligne,
    )
    if profil.etat == EtatProfil.ACTIF:
        donner(personne, Finalite.APPARIEMENT)
        donner(personne, Finalite.CONTACT)
        if statistiques:
            donner(personne, Finalite.STATISTIQUES)
    return profil


def _compte(rang: int, domaine: str):
    return get_user_model().objects.create_user(
        f"patient-{rang:02}@{domaine}", nom=f"Personne inventée {rang}"
    )


def _appel(rang: int, ligne: dict, structures: list[Structure], auteur) -> Appel:
    commune, structure = ligne.pop("commune"), ligne.pop("structure")
    etat = ligne["etat"]
    age = {EtatAppel.EXPIRE: 35, EtatAppel.POURVU: 28, EtatAppel.SANS_SUITE: 25}.get(etat, 4 + rang)
    publie = timezone.now() - age * JOUR
    a_paru = etat not in {EtatAppel.BROUILLON, EtatAppel.A_MODERER}
    appel = Appel.objects.create(
        uuid=_cle("appels", rang),
        slug=slugify(ligne["titre"])[:70] if a_paru else None,
        structure=structures[structure],
        commune_id=commune,
        exemple=True,
        orientation=dict.fromkeys(("instance", "mandat", "permanence", "prestation"), "non"),
        motif="Le service a changé de projet." if etat == EtatAppel.SANS_SUITE else "",
        soumis_le=publie - 2 * JOUR if etat != EtatAppel.BROUILLON else None,
        publie_le=publie if a_paru else None,
        expire_le=publie + 30 * JOUR if a_paru else None,
        etat_depuis=publie,
        modifiee_le=publie,
        **ligne,
    )
    appel.equipe.add(auteur)
    return appel


def _relation(rang: int, ligne: dict, appels: list, profils: list, equipe) -> None:
    quand = timezone.now() - (20 - rang) * JOUR
    relation = MiseEnRelation.objects.create(
        uuid=_cle("relations", rang),
        appel=appels[ligne["appel"]],
        profil=profils[ligne["profil"]],
        etat=ligne["etat"],
        etat_depuis=quand,
        motivation=ligne["motivation"],
        accord_equipe_le=quand if ligne["accord_equipe"] else None,
        accord_patient_le=quand if ligne["accord_patient"] else None,
        siege=ligne["siege"],
        close_par=ligne["close_par"],
        raison="Le calendrier ne convenait pas." if ligne["close_par"] else "",
        creee_le=quand - 3 * JOUR,
    )
    if relation.etat not in {EtatRelation.ACCORDEE, EtatRelation.CLOSE}:
        return
    mission = MissionSuivie.objects.create(
        relation=relation,
        etat=EtatMission.EN_COURS if relation.siege else EtatMission.INTERROMPUE,
        debut=quand.date(),
        fin=None if relation.siege else (quand + 2 * JOUR).date(),
    )
    mission.rencontres.create(quand=quand.date(), objet="Premier échange", notee_par="equipe")
    LigneDeCarnet.objects.create(
        uuid=_cle("carnet", rang),
        profil=relation.profil,
        mission=mission,
        quand=quand.date(),
        heures=2,
        role="Patient partenaire, préparation",
        demandee_le=quand,
        cosignee_par=equipe if relation.siege else None,
        cosignee_le=quand if relation.siege else None,
    )


def _sollicitation(rang: int, ligne: dict, appels: list, profils: list) -> None:
    profil, quand = profils[ligne["profil"]], timezone.now() - (rang + 1) * JOUR
    mois = mois_de(quand)
    Sollicitation.objects.create(
        uuid=_cle("sollicitations", rang),
        appel=appels[ligne["appel"]],
        profil=profil,
        canal=Canal.HEBDOMADAIRE,
        mois=mois,
        rang=profil.sollicitations.filter(mois=mois).count() + 1,
        raisons=ligne["raisons"],
        creee_le=quand,
    )


def _offre(rang: int, ligne: dict, profils: list) -> None:
    quand = timezone.now() - (rang + 2) * JOUR
    parue = ligne["etat"] != EtatOffre.A_MODERER
    Offre.objects.create(
        uuid=_cle("offres", rang),
        profil=profils[ligne.pop("profil")],
        exemple=True,
        publiee_le=quand if parue else None,
        expire_le=quand + 90 * JOUR if parue else None,
        etat_depuis=quand,
        **ligne,
    )

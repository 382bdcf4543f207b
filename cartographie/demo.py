"""The demonstration: fourteen published fiches and seven on their way. All of it is invented."""

import json
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cartographie.enums import EtatFiche, Visibilite
from cartographie.models import Fiche

FICHIER = settings.BASE_DIR / "fixtures" / "demo" / "fiches.json"
ESPACE = uuid.UUID("2d4c5b10-9a53-4c1e-8a39-0d4f6f2a9c77")
PARTS = ("oui", "en_cours", "contact", "lien", "remarques", "etat", "commune")
ECART = timedelta(days=17)  # between two publications


def charger(auteurs: list) -> int:
    """Write what is not there yet, in turn for each of ``auteurs``; how many were written.

    Nothing that exists is touched. Two queries when all is there.
    """
    lignes = json.loads(FICHIER.read_text(encoding="utf-8"))
    with transaction.atomic():
        uuids = [uuid.uuid5(ESPACE, str(rang)) for rang in range(len(lignes))]
        presentes = set(Fiche.objects.filter(uuid__in=uuids).values_list("uuid", flat=True))
        ecrites = 0
        for rang, ligne in enumerate(lignes):
            if uuids[rang] not in presentes:
                _ecrire(uuids[rang], rang, ligne, auteurs)
                ecrites += 1
    return ecrites


def _ecrire(cle: uuid.UUID, rang: int, ligne: dict, auteurs: list) -> None:
    etat = ligne.get("etat", EtatFiche.PUBLIEE)
    champs = {nom: valeur for nom, valeur in ligne.items() if nom not in PARTS}
    date = timezone.now() - ECART * (rang + 1) + timedelta(hours=rang % 5)
    fiche = Fiche(
        uuid=cle,
        etat=etat,
        exemple=True,
        commune_id=ligne.get("commune"),
        check_list=_check_list(ligne),
        modifiee_le=date,
        etat_depuis=date,
        soumise_le=None if etat == EtatFiche.BROUILLON else date - timedelta(days=4),
        **champs,
    )
    if etat == EtatFiche.PUBLIEE:
        fiche.publiee_le = date
        fiche.slug = slugify(fiche.titre)[:70].strip("-")
        fiche.contact_nom = f"Équipe {fiche.structure_nom} (exemple)"
        fiche.contact_courriel = f"contact-{rang + 1}@exemple.fr"
        fiche.contact_visibilite = ligne.get("contact", Visibilite.MODERATION)
    else:
        recent = timezone.now() - timedelta(days=rang - 13, hours=3)
        fiche.modifiee_le = fiche.etat_depuis = recent
        fiche.soumise_le = recent if fiche.soumise_le else None
    fiche.save()
    if auteurs:
        fiche.auteurs.add(auteurs[rang % len(auteurs)])
    if lien := ligne.get("lien"):
        fiche.liens.create(titre=lien[0], url=lien[1])
    for champ, genre, texte in ligne.get("remarques", ()):
        fiche.remarques.create(champ=champ, genre=genre, texte=texte)


def _check_list(ligne: dict) -> dict[str, str]:
    reponses = dict.fromkeys(ligne.get("en_cours", "").split(), "en_cours")
    return reponses | dict.fromkeys(ligne.get("oui", "").split(), "oui")

"""What a file costs when it is sent: the whole form, through the site, its cleaner included.

Each proposal is undone and its file thrown away: every turn starts from the same library.
"""

import io
import statistics
import tempfile

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test import Client, override_settings
from PIL import Image

from hubpartenariat import mesures
from ressources.models import Ressource

TOURS = 5
ADRESSE = "/ressources/proposer/"
PROPOSITION = {
    "titre": "Une ressource mesurée",
    "type_ressource": "guide",
    "en_bref": "Une page. Elle sert à mesurer le hub.",
    "description": "Un texte assez long pour ressembler à ce que l’on écrit. " * 10,
    "source": "Une association",
    "niveau": "debutant",
    "besoins": ["cadre"],
    "pas": ["trouver"],
}


def fichiers() -> dict[str, bytes]:
    """One of each kind that the cleaner treats apart."""
    photo, tableau = io.BytesIO(), io.BytesIO()
    Image.effect_noise((2000, 1500), 60).convert("RGB").save(photo, "JPEG", quality=90)
    _classeur().save(tableau)
    return {
        "photo.jpg": photo.getvalue(),
        "tableau.xlsx": tableau.getvalue(),
        "note.txt": ("Bonjour à vous. " * 20_000).encode(),
    }


def _classeur():
    import openpyxl

    livre = openpyxl.Workbook()
    for rang in range(5_000):
        livre.active.append([f"Ligne {rang}", rang, "une remarque"])
    return livre


def mesurer() -> list[dict]:
    """Times, queries, bytes sent, kept and answered: a form without a file, then with each."""
    envois = {"proposer sans fichier": None}
    envois |= {f"proposer avec {nom}": (nom, contenu) for nom, contenu in fichiers().items()}
    personne = get_user_model().objects.filter(is_active=True).earliest("pk")
    with tempfile.TemporaryDirectory() as dossier, override_settings(MEDIA_ROOT=dossier):
        _envoyer(personne, None)  # what Django asks once and keeps
        return [{"page": nom} | _un(personne, fichier) for nom, fichier in envois.items()]


def _un(personne, fichier: tuple[str, bytes] | None) -> dict:
    tours = [_envoyer(personne, fichier) for _ in range(TOURS)]
    return tours[-1] | {
        "adresse": ADRESSE,
        "envoyes": len(fichier[1]) if fichier else 0,
        "p50_ms": round(statistics.median(un["p50_ms"] for un in tours), 1),
    }


def _envoyer(personne, fichier) -> dict:
    client = Client(headers={"host": "localhost"})
    client.force_login(personne)
    champs, requetes = {**PROPOSITION, "lien": "https://exemple.fr/"}, []
    if fichier:
        champs["fichier"] = SimpleUploadedFile(*fichier)

    def noter(execute, sql, parametres, many, contexte):
        requetes.append(sql)
        return execute(sql, parametres, many, contexte)

    reponses = []
    with transaction.atomic():
        with connection.execute_wrapper(noter):
            temps = mesures.chronometrer(lambda: reponses.append(client.post(ADRESSE, champs)))
        if reponses[0].status_code != 302:
            raise CommandError(f"{ADRESSE} : réponse {reponses[0].status_code}")
        garde = Ressource.objects.de(personne).latest("pk").fichier_taille
        transaction.set_rollback(True)
    return {
        "p50_ms": temps,
        "requetes": len(requetes),
        "gardes": garde,
        "octets": len(reponses[0].content),
    }


def ligne(mesure: dict) -> str:
    return (
        f"{mesure['page']:<28}{mesure['p50_ms']:9.1f} ms {mesure['requetes']:4d} requêtes, "
        f"{mesure['envoyes'] / 1000:.1f} ko envoyés, {mesure['gardes'] / 1000:.1f} ko gardés"
    )

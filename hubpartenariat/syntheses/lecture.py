"""What the pages of reports show besides their data: maps, links to the tables, territories."""

from collections.abc import Callable

from hubpartenariat.socle.rapports.blocs import table
from hubpartenariat.socle.rapports.publication import carte_de
from hubpartenariat.socle.rapports.registre import REGION, TERRITOIRES

EXTENSIONS = {"csv": "CSV", "xlsx": "Excel XLSX"}


def chapitres_de_page(donnees: dict, fichiers: Callable, lien: Callable | None = None) -> list:
    """The chapters, their blocks with a drawn map and the addresses of their tables.

    ``fichiers(cle, ext)``: address of a table; ``lien(territory)``: where a click on the map leads.
    """
    return [
        chapitre
        | {
            "blocs": [
                bloc | _autour(bloc, fichiers, None if bloc.get("departement") else lien)
                for bloc in chapitre["blocs"]
            ]
        }
        for chapitre in donnees.get("chapitres", [])
    ]


def _autour(bloc: dict, fichiers, lien) -> dict:
    autour: dict = {"fichiers": []}
    if table(bloc):
        autour["fichiers"] = [
            {"libelle": nom, "url": fichiers(bloc["cle"], ext)} for ext, nom in EXTENSIONS.items()
        ]
    if bloc["genre"] == "carte":
        autour["carte"] = carte_de(bloc, lien)
    return autour


def territoires(chemin: str, actif: str) -> list[dict]:
    """The region and the départements, as links."""
    return [
        {
            "code": code,
            "nom": nom,
            "url": chemin if code == REGION else f"{chemin}?territoire={code}",
            "actif": code == actif,
        }
        for code, nom in TERRITOIRES.items()
    ]

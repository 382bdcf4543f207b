"""The table behind a chart as a file: CSV, or XLSX with what it is made from."""

import csv
from io import BytesIO, StringIO

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from hubpartenariat.socle.formats import cellule
from hubpartenariat.socle.rapports.blocs import table
from hubpartenariat.socle.templatetags.rapports import NON_PUBLIE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEUR_MAX = 60  # characters of a column


def en_fichier(donnees: dict, cle: str, ext: str) -> HttpResponse:
    """The table ``cle`` of a report; 404 when there is none, or for another extension."""
    blocs = [b for c in donnees.get("chapitres", []) for b in c["blocs"] if b.get("cle") == cle]
    ecrire = {"csv": _csv, "xlsx": _xlsx}.get(ext)
    if not blocs or ecrire is None:
        raise Http404
    entetes, lignes = table(blocs[0])
    propres = [[_case(une) for une in ligne] for ligne in lignes]
    reponse = ecrire(donnees, blocs[0], [_case(mot) for mot in entetes], propres)
    nom = f"{donnees['rapport']}-{donnees['territoire']}-{cle}.{ext}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def _case(valeur):
    """Numbers stay numbers; words never become formulas; what is hidden says so."""
    if valeur is None:
        return NON_PUBLIE
    return cellule(valeur) if isinstance(valeur, str) else valeur


def _csv(donnees, bloc, entetes, lignes):
    sortie = StringIO()
    sortie.write("\ufeff")  # the mark by which Excel knows UTF-8
    ecrire = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrire.writerow(entetes)
    for ligne in lignes:
        ecrire.writerow(
            [str(une).replace(".", ",") if isinstance(une, float) else une for une in ligne]
        )
    return HttpResponse(sortie.getvalue(), content_type="text/csv; charset=utf-8")


def _xlsx(donnees, bloc, entetes, lignes):
    classeur = Workbook()
    feuille = classeur.active
    feuille.title = "Données"
    feuille.append(entetes)
    for case in feuille[1]:
        case.font = Font(bold=True)
        case.alignment = Alignment(wrap_text=True, vertical="top")
    for ligne in lignes:
        feuille.append(ligne)
    feuille.freeze_panes = "B2"
    for rang, colonne in enumerate(zip(entetes, *lignes, strict=False), 1):
        large = min(LARGEUR_MAX, max(len(str(une)) for une in colonne) + 2)
        feuille.column_dimensions[get_column_letter(rang)].width = large
    sources = classeur.create_sheet("Source")
    for ligne in (
        ("Rapport", donnees["titre"]),
        ("Édition", donnees["edition"]),
        ("Territoire", donnees["perimetre"]),
        ("Données lues le", donnees["date"]),
        ("Compté", donnees["base"]),
        ("Tableau", bloc.get("titre") or bloc["cle"]),
        ("Note", bloc.get("note", "")),
    ):
        sources.append([_case(une) for une in ligne])
    sortie = BytesIO()
    classeur.save(sortie)
    return HttpResponse(sortie.getvalue(), content_type=XLSX)

"""A public list for machines (CSV, GeoJSON, JSON, Atom): the same parameters, the same rows.

An app says what is public of one row (``Export``); nothing else leaves.
"""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.feedgenerator import Atom1Feed

from hubpartenariat.socle import page_de_liste
from hubpartenariat.socle.facettes import PAR_PAGE, compter, identifiants
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import PageAbsente
from hubpartenariat.socle.vues_de_liste import EXTENSIONS, Liste, refus_json

PAR_LOT = 500
DANS_LE_FIL = 50
# A cell that begins so would be run by a spreadsheet.
_FORMULE = re.compile(r"^[=+\-@\t\r\n|%＝＋－＠]")
_INVISIBLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

Absolu = Callable[[str], str]


@dataclass(frozen=True)
class Export:
    """What leaves of one list. ``absolu`` makes a path into an address with its host.

    ``cle`` names the rows in JSON; a column of ``colonnes`` without function is the address;
    ``point`` gives a GeoJSON feature, ``entree`` the fields of an Atom entry but its link.
    """

    liste: Liste
    cle: str
    fichier: str
    titre: str
    description: str
    completes: Callable[[list[int]], list]
    colonnes: dict[str, Callable | None]
    adresse: Callable[[object, Absolu], str]
    resume: Callable[[object, Absolu], dict]
    point: Callable[[object, Absolu], dict]
    entree: Callable[[object], dict]


def repondre(request, ext: str, export: Export):
    """One format. Open to scripts of other sites: it holds public data only."""
    if ext not in EXTENSIONS:
        raise Http404
    try:
        demande = Demande.lire(export.liste.index, request.GET)
        reponse = FORMATS[ext](request, export, demande, compter(demande))
    except DemandeIllisible as erreur:
        return refus_json(400, erreur)
    except PageAbsente as erreur:
        return refus_json(404, erreur)
    reponse["Access-Control-Allow-Origin"] = "*"
    reponse["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reponse


# --- Cells and points --------------------------------------------------------------------------
def propre(texte: str) -> str:
    """Without the characters that XML forbids."""
    return _INVISIBLES.sub("", texte)


def cellule(valeur) -> str:
    """Text of a spreadsheet cell: a leading apostrophe disarms what looks like a formula."""
    texte = propre("" if valeur is None else str(valeur))
    return f"'{texte}" if _FORMULE.match(texte) else texte


def en_mots(codes, vocabulaire) -> str:
    """Several codes as one cell, in the order of their vocabulary."""
    return " | ".join(libelle for code, libelle in vocabulaire.choices if code in codes)


def ligne(export: Export, objet, absolu: Absolu) -> list[str]:
    """The cells of one row, in the order of the columns."""
    return [
        cellule(lire(objet) if lire else export.adresse(objet, absolu))
        for lire in export.colonnes.values()
    ]


def geometrie(commune) -> dict | None:
    """A GeoJSON point at the town hall; nothing without a commune."""
    if commune is None:
        return None
    return {
        "type": "Point",
        "coordinates": [round(commune.longitude, 5), round(commune.latitude, 5)],
    }


# --- Formats -------------------------------------------------------------------------------------
def _tous(export, demande, comptes):
    """Every row found, in order, a batch at a time: memory stays flat at 100,000."""
    ids = identifiants(demande, comptes)
    for debut in range(0, len(ids), PAR_LOT):
        yield from export.completes(ids[debut : debut + PAR_LOT])


def _nom(reponse, export, ext):
    reponse["Content-Disposition"] = f'attachment; filename="{export.fichier}.{ext}"'
    return reponse


class _Tampon:
    """What csv writes to: hands each line back."""

    def write(self, texte):
        return texte


def _csv(request, export, demande, comptes):
    def lignes():
        ecrire = csv.writer(_Tampon(), delimiter=";", lineterminator="\r\n").writerow
        yield "\ufeff" + ecrire(export.colonnes)  # the mark by which Excel knows UTF-8
        for objet in _tous(export, demande, comptes):
            yield ecrire(ligne(export, objet, request.build_absolute_uri))

    reponse = StreamingHttpResponse(lignes(), content_type="text/csv; charset=utf-8")
    return _nom(reponse, export, "csv")


def _geojson(request, export, demande, comptes):
    def morceaux():
        yield '{"type": "FeatureCollection", "features": ['
        for rang, objet in enumerate(_tous(export, demande, comptes)):
            point = export.point(objet, request.build_absolute_uri)
            yield ("\n" if not rang else ",\n") + json.dumps(point, ensure_ascii=False)
        yield "\n]}\n"

    reponse = StreamingHttpResponse(morceaux(), content_type="application/geo+json")
    return _nom(reponse, export, "geojson")


def _json(request, export, demande, comptes):
    page = page_de_liste.page(demande, comptes)
    objets = export.liste.vignettes(identifiants(demande, comptes, page.debut, PAR_PAGE))
    return JsonResponse(
        {
            "total": comptes.total,
            "page": page.number,
            "pages": page.num_pages,
            "facettes": comptes.facettes,
            export.cle: [export.resume(objet, request.build_absolute_uri) for objet in objets],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _atom(request, export, demande, comptes):
    absolu = request.build_absolute_uri
    adresse = absolu(export.liste.chemin + demande.avec(page=1).adresse)
    fil = Atom1Feed(
        title=export.titre,
        link=adresse,
        description=export.description,
        language="fr",
        feed_url=absolu(),
        feed_guid=adresse,
    )
    recentes = demande.avec(tri="recentes")
    for objet in export.completes(identifiants(recentes, comptes, 0, DANS_LE_FIL)):
        fil.add_item(link=export.adresse(objet, absolu), **export.entree(objet))
    return HttpResponse(fil.writeString("utf-8"), content_type="application/atom+xml")


FORMATS = {"csv": _csv, "geojson": _geojson, "json": _json, "atom": _atom}

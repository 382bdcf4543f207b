"""The list for machines: the same parameters, the same rows, nothing private."""

import csv
import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cartographie import exports
from cartographie.lecture import EXTENSIONS, dans_l_ordre, fiches_de, refus_json
from cartographie.recherche import INDEX
from hubpartenariat.socle import page_de_liste
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import PageAbsente

PAR_LOT = 500
DANS_LE_FIL = 50


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def liste_format(request, ext):
    """``/cartographie/fiches.<ext>``. Open to scripts of other sites: it holds public data only."""
    if ext not in EXTENSIONS:
        raise Http404
    try:
        demande = Demande.lire(INDEX, request.GET)
        reponse = FORMATS[ext](request, demande, compter(demande))
    except DemandeIllisible as erreur:
        return refus_json(400, erreur)
    except PageAbsente as erreur:
        return refus_json(404, erreur)
    reponse["Access-Control-Allow-Origin"] = "*"
    reponse["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reponse


def _toutes(demande, comptes):
    """Every fiche found, in order, a batch at a time: memory stays flat at 100,000."""
    ids = identifiants(demande, comptes)
    for debut in range(0, len(ids), PAR_LOT):
        yield from dans_l_ordre(ids[debut : debut + PAR_LOT])


def _nom(reponse, ext):
    reponse["Content-Disposition"] = f'attachment; filename="cartographie-du-partenariat.{ext}"'
    return reponse


def _csv(request, demande, comptes):
    def lignes():
        ecrire = csv.writer(_Tampon(), delimiter=";", lineterminator="\r\n").writerow
        yield "\ufeff" + ecrire(exports.COLONNES)  # the mark by which Excel knows UTF-8
        for fiche in _toutes(demande, comptes):
            yield ecrire(exports.ligne(fiche, request.build_absolute_uri))

    return _nom(StreamingHttpResponse(lignes(), content_type="text/csv; charset=utf-8"), "csv")


class _Tampon:
    """What csv writes to: hands each line back."""

    def write(self, texte):
        return texte


def _geojson(request, demande, comptes):
    def morceaux():
        yield '{"type": "FeatureCollection", "features": ['
        for rang, fiche in enumerate(_toutes(demande, comptes)):
            objet = exports.point(fiche, request.build_absolute_uri)
            yield ("\n" if not rang else ",\n") + json.dumps(objet, ensure_ascii=False)
        yield "\n]}\n"

    reponse = StreamingHttpResponse(morceaux(), content_type="application/geo+json")
    return _nom(reponse, "geojson")


def _json(request, demande, comptes):
    page = page_de_liste.page(demande, comptes)
    fiches = fiches_de(demande, comptes, page)
    return JsonResponse(
        {
            "total": comptes.total,
            "page": page.number,
            "pages": page.num_pages,
            "facettes": comptes.facettes,
            "fiches": [exports.resume(fiche, request.build_absolute_uri) for fiche in fiches],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _atom(request, demande, comptes):
    absolu = request.build_absolute_uri
    adresse = demande.avec(page=1).adresse
    fil = Atom1Feed(
        title="Cartographie du partenariat en santé en Île-de-France",
        link=absolu(reverse("cartographie:liste") + adresse),
        description="Les démarches publiées, les plus récentes d’abord.",
        language="fr",
        feed_url=absolu(),
        feed_guid=absolu(reverse("cartographie:liste") + adresse),
    )
    recentes = demande.avec(tri="recentes")
    for fiche in dans_l_ordre(identifiants(recentes, comptes, 0, DANS_LE_FIL)):
        lien = absolu(reverse("cartographie:fiche", args=[fiche.slug]))
        fil.add_item(
            title=exports.propre(fiche.titre),
            link=lien,
            description=exports.propre(fiche.resume),
            unique_id=f"urn:uuid:{fiche.uuid}",
            author_name=exports.propre(fiche.structure_nom) or fiche.get_type_structure_display(),
            pubdate=fiche.publiee_le,
            updateddate=max(fiche.publiee_le, fiche.modifiee_le),
            categories=[*fiche.domaines, *(exports.propre(theme) for theme in fiche.themes)],
        )
    return HttpResponse(fil.writeString("utf-8"), content_type="application/atom+xml")


FORMATS = {"csv": _csv, "geojson": _geojson, "json": _json, "atom": _atom}

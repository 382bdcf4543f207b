"""Published results: a page, one page per proposition, and the same figures for machines."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultation import (
    doutes,
    exports,
    lecture_transversale,
    publication,
    publies,
    seances,
    tableaux,
)
from consultation import suites as suites_donnees
from consultation.lecture import Resultats
from consultation.models import QuestionDeSeance, Remarque, VersionDeResultats
from consultation.questionnaires import photographier
from consultation.resultats import COLLEGE
from consultation.views import suites
from consultation.views.consultations import consultation_de, fil
from hubpartenariat.socle.aides import aides
from hubpartenariat.socle.statistiques import PlusieursVariables, une_seule_variable

DROIT = "consultation.preparer_consultation"


def version_de(request, slug: str) -> VersionDeResultats:
    """The version asked for (``?version=2``), the last one otherwise; 404 before publication.

    Staff may watch what is not published yet: a version that is not saved, number 0.
    """
    consultation = consultation_de(request, slug)
    numero = request.GET.get("version", "")
    if numero:
        if not (numero.isascii() and numero.isdigit() and len(numero) < 5):
            raise BadRequest("Ce numéro de version n’est pas lisible.")
        if numero != "0":
            return get_object_or_404(consultation.resultats, numero=int(numero))
    elif publiee := publication.derniere(consultation):
        publiee.consultation = consultation
        return publiee
    if not request.user.has_perm(DROIT):
        raise Http404
    return apercu(consultation)


def apercu(consultation) -> VersionDeResultats:
    """What would be published now, not saved: for staff."""
    from django.utils import timezone

    from consultation.resultats import empreinte

    contenu = publication.compter(consultation)
    return VersionDeResultats(
        consultation=consultation,
        numero=0,
        repondants=contenu["repondants"],
        contenu=contenu,
        empreinte=empreinte(contenu),
        publiee_le=timezone.now(),
    )


def version_lue(request, version) -> str:
    """An older version, or the preview of the team, stays the one read from link to link."""
    return str(version.numero) if version and request.GET.get("version") else ""


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def resultats(request, slug):
    """The table first, then the charts. One version read: three queries."""
    version = version_de(request, slug)
    objet = version.consultation
    contexte = {
        "consultation": objet,
        "version": version,
        "fil": fil(objet, ("Résultats", None)),
        "version_lue": version_lue(request, version),
        "a_verifier": 0 if version.numero else sum(lot.nombre for lot in doutes.lots(objet)),
        "suites_publiees": suites_donnees.publiees_de(objet),
        "autres_versions": list(objet.resultats.exclude(numero=version.numero)),
        "phrases_lues": lecture_transversale.montrables(objet, version),
    }
    if version.contenu["forme"] == "publie":
        contexte |= publies.lire(version.contenu)
        return render(request, "consultation/resultats/publies.html", contexte)
    lus = Resultats(version.contenu)
    tri = request.GET.get("tri", "")
    codes = [e["code"] for e in lus.echelles] + ["priorites"]
    if tri and tri not in codes:
        raise BadRequest("Cet ordre n’existe pas.")
    contexte |= {
        "resultats": lus,
        "lignes": tableaux.synthese(lus, tri),
        "tri": tri,
        "barres": [tableaux.barres_de(lus, echelle) for echelle in lus.echelles],
        "matrice": tableaux.matrice_de(lus),
        "ecarts": tableaux.ecarts_de(lus, lus.echelles[0]),
        "rangs": tableaux.rangs_de(lus),
        "phrases": lus.regles.phrases(),
        "mots": Remarque.objects.sur_l_ensemble().publiees_de(objet),
        "coupe": _coupe(request, lus),
        **_tour_precedent(objet, lus),
    }
    return render(request, "consultation/resultats/resultats.html", contexte)


def _tour_precedent(consultation, lus: Resultats) -> dict:
    """The same propositions in the round before, when it has published results."""
    avant = consultation.precedente
    version = avant and publication.derniere(avant)
    if not version:
        return {}
    titres = exports.titres(version.contenu)
    return {
        "comparees": tableaux.comparer(lus, exports.en_json(version), titres),
        "precedente": version,
    }


def _coupe(request, lus: Resultats) -> dict:
    """Results by one profile variable, on one scale. Two variables together are refused."""
    try:
        variable = une_seule_variable(
            {f"par{i}": v for i, v in enumerate(request.GET.getlist("par"))}
        )
    except PlusieursVariables as refus:
        raise BadRequest(str(refus)) from refus
    code = request.GET.get("par", "") if variable else COLLEGE
    echelle = next(
        (e for e in lus.echelles if e["code"] == request.GET.get("echelle")), lus.echelles[0]
    )
    connues = dict(lus.variables())
    if variable and code not in connues:
        raise BadRequest("Cette caractéristique n’existe pas.")
    if code not in connues:
        return {}
    return {
        "variable": code,
        "libelle": connues[code],
        "echelle": echelle,
        "variables": lus.variables(),
        "effectifs": lus.effectifs(code),
        "lignes": [(q.proposition, q.coupe(code)) for q in lus.questions(echelle)],
    }


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def proposition(request, slug, code):
    """One proposition: its scales, the collèges side by side, what was written, what follows."""
    consultation = consultation_de(request, slug)
    objet = get_object_or_404(consultation.propositions.select_related("theme"), code=code)
    demandee = request.GET.get("version")
    version = version_de(request, slug) if demandee else publication.derniere(consultation)
    contexte = {
        "consultation": consultation,
        "proposition": objet,
        "version": version,
        "version_lue": version_lue(request, version),
        "echelles": photographier(consultation)["echelles"],
        "fil": fil(consultation, (objet.code, None)),
        "aides": aides(objet.besoins, au_plus=3),
        "verbatims": objet.remarques.publiees_de(consultation) if version else [],
        **suites.de(objet),
        "seances": [seances.lire(q) for q in QuestionDeSeance.objects.d_une_proposition(objet)],
    }
    if version and version.contenu["forme"] == "comptes":
        lus = Resultats(version.contenu)
        connue = lus.proposition(code)
        questions = [lus.question(connue, e) for e in lus.echelles] if connue else []
        contexte |= {
            "resultats": lus,
            "autres_formulations": lus.autres_formulations(code),
            "questions": [(q, tableaux.barres_des_colleges(q)) for q in questions],
            "precedent": _precedent(consultation, code),
        }
    elif version:
        contexte["publiee"] = publies.ligne(version.contenu, code)
    return render(request, "consultation/proposition.html", contexte)


def _precedent(consultation, code) -> dict | None:
    """The same proposition in the round before, as published: (scale, [(answer, %)], base)."""
    avant = consultation.precedente
    version = avant and publication.derniere(avant)
    lignes = exports.en_json(version)["propositions"] if version else []
    une = next((p for p in lignes if p["code"] == code), None)
    if une is None:
        return None
    lignes = []
    for echelle in version.contenu["questionnaire"]["echelles"]:
        critere = une["criteres"].get(echelle["code"])
        libelles = {m["code"]: m["libelle"] for m in echelle["modalites"]}
        parts = [
            (libelles[nom], m["pourcentage"]) for nom, m in (critere or {})["modalites"].items()
        ]
        lignes.append((echelle["titre"], parts, critere["exprimes"]))
    return {"consultation": avant, "lignes": lignes}


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def resultats_format(request, slug, ext):
    """``resultats.json`` and ``resultats.csv``: open to scripts of other sites."""
    version = version_de(request, slug)
    if ext == "json":
        donnees = exports.en_json(version) | exports.remarques(version.consultation)
        reponse = JsonResponse(donnees, json_dumps_params={"ensure_ascii": False})
    elif ext == "csv":
        reponse = HttpResponse(exports.en_csv(version), content_type="text/csv; charset=utf-8")
        nom = f"resultats-{slug}-v{version.numero}.csv"
        reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    else:
        raise Http404
    if version.numero:
        reponse.headers["Access-Control-Allow-Origin"] = "*"
        reponse.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reponse

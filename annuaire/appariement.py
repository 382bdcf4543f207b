"""Which appels fit which people, and why. One rule, in SQL, for the round, invitations and pages.

It reads ``Profil.criteres`` and nothing else of a profile: what its owner put on « jamais » is not
in there. It never tells who matched: callers receive keys and codes of reasons.

The rule. A domain or a mission of the appel was chosen in the profile (or, when neither was, one
of its themes is common); themes and moments have something in common unless one side says none;
the appel is in a territory of the profile, or remote and the person accepts that.
"""

import json
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from annuaire.enums import EtatAppel, EtatProfil, Lieu
from annuaire.models import Appel
from annuaire.models.profils import SOLLICITATIONS_AU_PLUS
from annuaire.regards import plier
from annuaire.sollicitations import mois_de
from hubpartenariat.comptes.consentements import Finalite

# The SQL below is made of constants of ours; every value is a parameter.
# What the rule compares of a profile ``p``, and of appels given as JSON.
_CRITERES = (
    "jsonb_to_record(p.criteres) AS c(domaines text[], missions text[], themes text[],"
    " territoires text[], disponibilites text[], a_distance boolean)"
)
_APPELS = (
    "jsonb_to_recordset(%s) AS a(id bigint, domaine text, mission text, themes text[],"
    " departements text[], disponibilites text[], lieu text, exclus bigint[], limite int)"
)
_PAR_THEME = "(a.themes && c.themes)"
_SUR_PLACE = (
    f"(a.lieu <> '{Lieu.DISTANCE}' AND (a.departements && c.territoires"
    " OR 'region' = ANY(a.departements) OR 'region' = ANY(c.territoires)))"
)
_A_DISTANCE = f"(a.lieu <> '{Lieu.SUR_PLACE}' AND c.a_distance)"
CORRESPOND = (
    "(a.domaine = ANY(c.domaines) OR a.mission = ANY(c.missions)"
    f" OR (c.domaines = '{{}}' AND c.missions = '{{}}' AND {_PAR_THEME}))"
    f" AND ({_SUR_PLACE} OR {_A_DISTANCE})"
    f" AND ({_PAR_THEME} OR a.themes = '{{}}' OR c.themes = '{{}}')"
    " AND (a.disponibilites && c.disponibilites OR a.disponibilites = '{}'"
    " OR c.disponibilites = '{}')"
)
RAISONS = (
    "array_remove(ARRAY["
    "CASE WHEN a.domaine = ANY(c.domaines) THEN 'domaine' END,"
    "CASE WHEN a.mission = ANY(c.missions) THEN 'mission' END,"
    f"CASE WHEN {_PAR_THEME} THEN 'theme' END,"
    f"CASE WHEN {_SUR_PLACE} THEN 'territoire' ELSE 'distance' END,"
    "CASE WHEN a.disponibilites && c.disponibilites THEN 'moment' END], NULL)"
)
_CONSENT = (
    "EXISTS (SELECT 1 FROM comptes_consentement k WHERE k.personne_id = p.personne_id"
    " AND k.finalite = %s AND k.retire_le IS NULL AND k.renouvele_le IS NULL AND k.expire_le > %s)"
)
# Everybody who may be written to now: how many more this month, and when last.
CANDIDATS = (
    "SELECT p.id, p.personne_id, c.*,"  # noqa: S608
    " LEAST(p.sollicitations_par_mois, %s) - COALESCE(s.rang, 0) AS reste, s.derniere, s.semaine"
    " FROM annuaire_profil p"
    " JOIN comptes_utilisateur u ON u.id = p.personne_id AND u.is_active"
    f" CROSS JOIN LATERAL {_CRITERES}"
    " LEFT JOIN (SELECT profil_id, max(rang) FILTER (WHERE mois = %s) AS rang,"
    " max(creee_le) AS derniere,"
    " max(creee_le) FILTER (WHERE canal = 'hebdomadaire') AS semaine"
    " FROM annuaire_sollicitation GROUP BY profil_id) s ON s.profil_id = p.id"
    " LEFT JOIN (SELECT r.profil_id, count(*) AS actives FROM annuaire_miseenrelation r"
    " JOIN annuaire_missionsuivie m ON m.relation_id = r.id"
    " WHERE r.etat = 'accordee' AND m.etat IN ('a_demarrer', 'en_cours')"
    " GROUP BY r.profil_id) m ON m.profil_id = p.id"
    " WHERE p.etat = %s AND (p.pause_jusqu_au IS NULL OR p.pause_jusqu_au < %s)"
    " AND COALESCE(m.actives, 0) < p.missions_actives_max"
    f" AND {_CONSENT} AND {_CONSENT}"
)


class Trouve(NamedTuple):
    """One person (by key) for one appel (by key), and the codes of the reasons."""

    appel_id: int
    profil_id: int
    raisons: list[str]


def parametres_des_candidats() -> list:
    maintenant = timezone.now()
    return [
        *[SOLLICITATIONS_AU_PLUS, mois_de(maintenant)],
        *[EtatProfil.ACTIF, timezone.localdate(maintenant)],
        *[Finalite.APPARIEMENT, maintenant, Finalite.CONTACT, maintenant],
    ]


def en_json(appels, exclus=None, limites=None) -> str:
    """The appels as the rule reads them. ``exclus``: {appel: profiles that may not get it}."""
    exclus, limites = exclus or {}, limites or {}
    return json.dumps(
        [
            {
                "id": appel.pk,
                "domaine": appel.domaine,
                "mission": appel.mission,
                "themes": [pli for theme in appel.themes if (pli := plier(theme))],
                "departements": appel.departements,
                "disponibilites": appel.disponibilites,
                "lieu": appel.lieu,
                "exclus": sorted(exclus.get(appel.pk, ())),
                "limite": limites.get(appel.pk, 0),
            }
            for appel in appels
        ]
    )


def exclus_de(appels) -> dict[int, set[int]]:
    """Profiles that may not get each appel: asked already, related already, team, in charge.

    Four queries, whatever the number of appels.
    """
    cles = {appel.pk: appel.structure_id for appel in appels}
    exclus = {cle: set() for cle in cles}
    requetes = (
        "SELECT appel_id, profil_id FROM annuaire_sollicitation WHERE appel_id = ANY(%s)",
        "SELECT appel_id, profil_id FROM annuaire_miseenrelation"
        " WHERE appel_id = ANY(%s) AND profil_id IS NOT NULL",
        "SELECT e.appel_id, p.id FROM annuaire_appel_equipe e"
        " JOIN annuaire_profil p ON p.personne_id = e.utilisateur_id WHERE e.appel_id = ANY(%s)",
        "SELECT a.id, p.id FROM annuaire_appel a"
        " JOIN annuaire_rattachement r ON r.structure_id = a.structure_id AND r.etat = 'accepte'"
        " AND r.role IN ('gestionnaire', 'referent')"
        " JOIN annuaire_profil p ON p.personne_id = r.personne_id WHERE a.id = ANY(%s)",
    )
    with connection.cursor() as curseur:
        for requete in requetes:
            curseur.execute(requete, [list(cles)])
            for appel_id, profil_id in curseur:
                exclus[appel_id].add(profil_id)
    return exclus


def chercher(appels, limites, source: str, parametres=(), *, exclus, graine: str) -> list[Trouve]:
    """For each appel its best candidates: a common theme, then the least recently written to,
    then chance. ``source``: a table or a parenthesised query that holds candidates. One query.
    """
    sql = (
        f"SELECT a.id, t.id, t.raisons FROM {_APPELS} CROSS JOIN LATERAL ("  # noqa: S608
        f"SELECT c.id, {RAISONS} AS raisons FROM {source} c"
        f" WHERE c.reste > 0 AND {CORRESPOND} AND NOT c.id = ANY(a.exclus)"
        f" ORDER BY {_PAR_THEME} DESC, c.derniere NULLS FIRST, md5(%s || a.id || '/' || c.id)"
        " LIMIT a.limite) t"
    )
    with connection.cursor() as curseur:
        curseur.execute(sql, [en_json(appels, exclus, limites), *parametres, graine])
        return [Trouve(*ligne) for ligne in curseur]


def candidats(appel, limite: int, *, graine: str) -> list[Trouve]:
    """The people to whom this appel may be brought now, the fairest first. For invitations."""
    return chercher(
        [appel],
        {appel.pk: limite},
        f"({CANDIDATS})",
        parametres_des_candidats(),
        exclus=exclus_de([appel]),
        graine=graine,
    )


def appels_pour(profil, au_plus=20) -> list[tuple[Appel, list[str]]]:
    """Open appels that fit this person, latest first, for their own eyes. Two queries."""
    ouverts = (
        Appel.objects.filter(etat__in=EtatAppel.vivants(), expire_le__gt=timezone.now())
        .exclude(relations__profil=profil)
        .exclude(sollicitations__profil=profil)
        .exclude(equipe=profil.personne_id)
        .select_related("structure")
    )
    voulus = Q(domaine__in=profil.criteres.get("domaines", []))
    voulus |= Q(mission__in=profil.criteres.get("missions", []))
    if profil.criteres.get("domaines") or profil.criteres.get("missions"):
        ouverts = ouverts.filter(voulus)  # what the rule would refuse anyway is not read
    par_cle = {appel.pk: appel for appel in ouverts}
    if not par_cle:
        return []
    sql = (
        f"SELECT a.id, {RAISONS} FROM annuaire_profil p CROSS JOIN LATERAL {_CRITERES},"  # noqa: S608
        f" {_APPELS} WHERE p.id = %s AND p.etat = %s AND {CORRESPOND} AND {_CONSENT}"
    )
    with connection.cursor() as curseur:
        curseur.execute(
            sql,
            [
                *[en_json(par_cle.values()), profil.pk, EtatProfil.ACTIF],
                *[Finalite.APPARIEMENT, timezone.now()],
            ],
        )
        raisons = dict(curseur.fetchall())
    return [(appel, raisons[cle]) for cle, appel in par_cle.items() if cle in raisons][:au_plus]

"""The synthesis of the consultation: to decide, by theme, then every count; and its chapters in
the yearly report.

Read from the last published version of the last consultation, nothing else: what a version hides
is not in it, so no report can show it. Two forms of version exist (``resultats``, ``publies``);
here both become (count, base, percentage) or nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from consultation.lecture import Resultats
from consultation.lecture_transversale import montrables
from consultation.models import Consultation, Remarque, VersionDeResultats
from consultation.publies import colleges as colleges_publies
from consultation.resultats import COLLEGE
from consultation.suites import publiees_de
from hubpartenariat.socle.rapports import (
    Portee,
    Rapport,
    barres,
    chapitre,
    chiffres,
    declarer,
    tableau,
    texte,
)
from hubpartenariat.socle.statistiques import pourcentage
from hubpartenariat.socle.templatetags.pdf import jour
from hubpartenariat.socle.typographie import nombre

CONSULTATION, ANNUEL = "consultation", "etat-annuel"
EN_TETE = 5  # propositions shown first


@dataclass(frozen=True)
class Valeur:
    """One share of a question: how many, out of how many, as a percentage (text, one decimal)."""

    effectif: int | None
    base: int | None
    part: str | None

    def en_mots(self) -> str:
        if self.part is None:
            return "non publié"
        suite = f" ({self.effectif} sur {self.base})" if self.effectif is not None else ""
        return f"{nombre(self.part, 1)}\u202f%{suite}"


RIEN = Valeur(None, None, None)


class Lecture:
    """What a version says, whatever its form."""

    def __init__(self, version: VersionDeResultats):
        self.version, self.contenu = version, version.contenu
        self.questionnaire = self.contenu["questionnaire"]
        self.comptee = self.contenu["forme"] == "comptes"

    @property
    def echelles(self) -> list[dict]:
        return self.questionnaire["echelles"]

    @cached_property
    def propositions(self) -> list[tuple[str, dict]]:
        """(theme, proposition), in their order."""
        themes = self.questionnaire["themes"]
        return [(theme["titre"], p) for theme in themes for p in theme["propositions"]]

    def modalites(self, proposition: str, echelle: dict) -> Iterator[tuple[str, Valeur]]:
        """Every category of the scale that is published, with its share."""
        question = self.contenu["questions"].get(proposition, {}).get(echelle["code"]) or {}
        if self.comptee:
            comptes = question.get("comptes")
            exprimees = len(echelle["modalites"])
            base = sum(comptes[:exprimees]) if comptes else 0
            for rang, modalite in enumerate(echelle["modalites"]):
                yield modalite["libelle"], _valeur(comptes[rang], base) if base else RIEN
            return
        for modalite in echelle["modalites"]:
            une = question.get("modalites", {}).get(modalite["code"])
            if une:
                yield (
                    modalite["libelle"],
                    Valeur(une.get("effectif_deduit"), question.get("base_deduite"),
                           str(une["pourcentage"])),
                )  # fmt: skip

    def premiere(self, proposition: str, echelle: dict) -> tuple[str, Valeur]:
        """The share that is read first: the best category of the scale that is published."""
        return next(self.modalites(proposition, echelle), ("", RIEN))

    def voix(self) -> list[tuple[str, int]]:
        """Votes of the propositions put first, the most voted first."""
        top = self.contenu.get("top3") or {}
        if self.comptee:
            voix = [(r["code"], r["voix"]) for r in top.get("rangs", [])]
        else:
            voix = [(code, une["voix"]) for code, une in top.items()]
        return sorted((v for v in voix if v[1]), key=lambda v: (-v[1], v[0]))

    def repondants(self) -> int | None:
        """The base of the votes, as on the page of results: everybody who answered."""
        return self.contenu.get("repondants")


def _valeur(effectif: int, base: int) -> Valeur:
    return Valeur(effectif, base, str(pourcentage(effectif, base)))


def lecture(portee: Portee) -> Lecture | None:
    """The last version published before the end of the day. Results are regional: none for a
    département. One query."""
    if not portee.regionale:
        return None
    fin = timezone.make_aware(datetime.combine(portee.au + timedelta(days=1), time.min))
    version = (
        VersionDeResultats.objects.filter(
            consultation__in=Consultation.objects.publiques(), publiee_le__lt=fin
        )
        # An invented consultation is shown on the site as an example; no report may quote it.
        .exclude(consultation__exemple=True)
        .select_related("consultation")
        .order_by("-publiee_le", "-numero")
        .first()
    )
    return version and Lecture(version)


# --- Chapters ------------------------------------------------------------------------------------
@chapitre("decider", "Pour décider", {CONSULTATION: 10, ANNUEL: 300}, page=True)
def pour_decider(portee: Portee) -> list[dict]:
    lue = lecture(portee)
    if lue is None:
        return []
    objet = lue.version.consultation
    quand = jour(timezone.localtime(lue.version.publiee_le).isoformat())
    source = f" Source : {objet.source}." if objet.source else ""
    mots = f"{objet.titre}. Résultats, version {lue.version.numero} du {quand}.{source}"
    lignes = [
        ("personnes ont répondu", lue.version.repondants),
        ("propositions soumises à avis", len(lue.propositions)),
        ("thèmes", len(lue.questionnaire["themes"])),
    ]
    blocs = [texte(mots, chapeau=True), chiffres("consultation-en-bref", "", lignes)]
    if phrases := montrables(objet, lue.version):
        blocs.append(texte("\n\n".join(phrases), titre="En quelques phrases"))
    if voix := lue.voix():
        titres = {p["code"]: p["titre"] for _, p in lue.propositions}
        note = (
            "Chaque personne en choisit trois au plus. Des écarts de quelques voix ne font pas un "
            "classement."
        )
        blocs.append(
            barres(
                "priorites",
                "Propositions le plus souvent mises en tête",
                [(f"{code} {titres.get(code, '')}", [n]) for code, n in voix[:EN_TETE]],
                [("Voix", lue.repondants())],
                entete="Proposition",
                note=note,
            )
        )
    return blocs


@chapitre("qui-a-repondu", "Qui a répondu", {CONSULTATION: 20})
def qui_a_repondu(portee: Portee) -> list[dict]:
    lue = lecture(portee)
    if lue is None:
        return []
    if lue.comptee:
        lignes = [(nom, [n]) for _, nom, n in Resultats(lue.contenu).effectifs(COLLEGE)]
    else:
        lignes = [(nom, [n]) for nom, n, _ in colleges_publies(lue.contenu)]
    if not lignes:
        return []
    groupe = [("Personnes", lue.version.repondants)]
    note = "Un collège trop petit n’est pas publié, ni celui qui le ferait deviner."
    return [barres("colleges", "Par collège", lignes, groupe, entete="Collège", note=note)]


@chapitre("themes", "Thème par thème", {CONSULTATION: 30, ANNUEL: 310}, page=True)
def par_theme(portee: Portee) -> list[dict]:
    """For each theme, each proposition with the share that is read first on each scale."""
    lue = lecture(portee)
    if lue is None:
        return []
    blocs = []
    for rang, theme in enumerate(lue.questionnaire["themes"], 1):
        lignes = [
            [
                f"{p['code']} {p['titre']}",
                *(_en_mots(*lue.premiere(p["code"], echelle)) for echelle in lue.echelles),
            ]
            for p in theme["propositions"]
        ]
        entetes = ["Proposition", *(echelle["titre"] for echelle in lue.echelles)]
        blocs.append(tableau(f"theme-{rang}", theme["titre"], entetes, lignes))
    mots = (
        "Pour chaque échelle, la réponse la plus favorable qui est publiée ; les annexes donnent "
    )
    return [texte(mots + "toutes les autres."), *blocs]


def _en_mots(mot: str, valeur: Valeur) -> str:
    """« Réalisable : 33,3 % (26 sur 78) »: the same column may hold different answers."""
    return f"{mot} : {valeur.en_mots()}" if mot else valeur.en_mots()


@chapitre("accords", "Ce qui rassemble, ce qui divise", {CONSULTATION: 25})
def accords(portee: Portee) -> list[dict]:
    """What the rules call each question, and how far chance alone may move the ranks of the vote.
    Of counts alone: nothing of the kind is published elsewhere."""
    lue = lecture(portee)
    if lue is None or not lue.comptee:
        return []
    lus = Resultats(lue.contenu)
    lignes = [
        [f"{p['code']} {p['titre']}", *(_accord(lus.question(p, e)) for e in lue.echelles)]
        for _, p in lue.propositions
    ]
    entetes = ["Proposition", *(echelle["titre"] for echelle in lue.echelles)]
    blocs = [tableau("accords-par-echelle", "Accord, échelle par échelle", entetes, lignes)]
    if lus.rangs:
        titres = {p["code"]: p["titre"] for _, p in lue.propositions}
        rangs = [
            [
                f"{r.code} {titres.get(r.code, '')}",
                r.voix,
                f"{r.rang}{' ex æquo' if r.ex_aequo else ''}",
                str(r.bas) if r.bas == r.haut else f"{r.bas} à {r.haut}",
            ]
            for r in lus.rangs
        ]
        note = "Rangs possibles : jusqu’où le hasard seul pourrait déplacer chacun (95 %)."
        entetes = ["Proposition", "Voix", "Rang", "Rangs possibles"]
        blocs.append(tableau("rangs-du-vote", "Les priorités, rang par rang", entetes, rangs, note))
    return blocs


def _accord(question) -> str | None:
    return question.accord.etiquette.value if question.repartition else None


@chapitre("suites", "Ce qui en est fait", {CONSULTATION: 35, ANNUEL: 320})
def suites_donnees(portee: Portee) -> list[dict]:
    """What was decided of each proposition, and where the actions stand."""
    lue = lecture(portee)
    if lue is None or not (publiees := publiees_de(lue.version.consultation)):
        return []
    lignes = [
        [
            str(suite.proposition),
            _decision(suite),
            f"{suite.decidee_par}, {jour(suite.decidee_le.isoformat())}",
            suite.motif or None,
            _actions(suite),
        ]
        for suite in publiees
    ]
    entetes = ["Proposition", "Décision", "Par qui, quand", "Pourquoi", "Actions"]
    return [tableau("suites-donnees", "Suites données", entetes, lignes)]


def _decision(suite) -> str:
    mots = suite.get_decision_display()
    if suite.fusionnee_avec:
        return f"{mots} : {suite.fusionnee_avec.code}"
    return f"{mots} : « {suite.titre_ajuste} »" if suite.titre_ajuste else mots


def _actions(suite) -> str | None:
    dites = [f"{a.titre} ({a.get_etat_display().lower()}, {a.avancement} %)" for a in
             suite.actions.all()]  # fmt: skip
    return " ; ".join(dites) or None


@chapitre("annexes", "Annexes : chaque compte et sa base", {CONSULTATION: 40}, page=True)
def annexes(portee: Portee) -> list[dict]:
    lue = lecture(portee)
    if lue is None:
        return []
    blocs = []
    for echelle in lue.echelles:
        lignes = [
            [f"{p['code']} {mot}", valeur.effectif, valeur.base, _pour_cent(valeur.part)]
            for _, p in lue.propositions
            for mot, valeur in lue.modalites(p["code"], echelle)
        ]
        entetes = ["Réponse", "Nombre", "Avis exprimés", "%"]
        blocs.append(
            tableau(f"annexe-{echelle['code']}", echelle["titre"], entetes, lignes,
                    note=f"Question posée : {echelle['question']}")
        )  # fmt: skip
    if not lue.comptee:
        return blocs
    lus = Resultats(lue.contenu)
    regles = "\n\n".join(lus.regles.phrases())
    return [
        texte(regles, titre="Les règles, fixées avant l’ouverture"),
        *blocs,
        *(_qui_s_est_exprime(lus, lue, echelle) for echelle in lue.echelles),
    ]


def _qui_s_est_exprime(lus: Resultats, lue: "Lecture", echelle: dict) -> dict:
    """Beside the percentages: who did not say, who did not answer."""
    lignes = []
    for _, p in lue.propositions:
        vue = lus.question(p, echelle).repartition
        lignes.append(
            [p["code"], *((vue.base, vue.sans_avis, vue.manquants) if vue else (None,) * 3)]
        )
    entetes = ["Proposition", "Avis exprimés", "Ne se prononcent pas", "Sans réponse"]
    titre = f"{echelle['titre']} : qui s’est exprimé"
    return tableau(f"annexe-{echelle['code']}-bases", titre, entetes, lignes)


@chapitre("dans-leurs-mots", "Annexe : dans leurs mots, sur l’ensemble", {CONSULTATION: 45})
def dans_leurs_mots(portee: Portee) -> list[dict]:
    """What was written about the whole, once read by the team."""
    lue = lecture(portee)
    if lue is None:
        return []
    publiees = Remarque.objects.sur_l_ensemble().publiees_de(lue.version.consultation)
    if not (dites := list(publiees.values_list("texte_publie", flat=True))):
        return []
    mots = "Remarques relues par l’équipe, sans ce qui ferait reconnaître quelqu’un."
    return [texte(mots), *(texte(f"« {une} »") for une in dites)]


def _pour_cent(part: str | None) -> str | None:
    return None if part is None else nombre(part, 1)


def _base(portee: Portee) -> str:
    lue = lecture(portee)
    if lue is None:
        return "Aucun résultat publié"
    return f"{lue.version.repondants} réponses, {lue.version.citation}"


declarer(
    Rapport(
        code=CONSULTATION,
        titre="Synthèse de la consultation",
        sur_titre="L’avis sur les propositions régionales",
        resume="Ce que les personnes consultées trouvent pertinent, faisable, utile et urgent : "
        "de quoi décider, thème par thème, et chaque compte avec sa base.",
        methode=(
            "Les réponses sont volontaires : elles ne représentent pas toute la région. Chaque "
            "pourcentage est donné avec sa base, qui change d’une question à l’autre. Les groupes "
            "trop petits ne sont pas publiés. Quand les chiffres ont été publiés ailleurs, ils "
            "sont repris tels quels ; nombres et bases sont alors déduits des pourcentages."
        ),
        base=_base,
    )
)

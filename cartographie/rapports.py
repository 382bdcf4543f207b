"""The synthesis of the map, for the region or a département, and its chapters in the yearly report.

Everything is counted from the published fiches, all of them public.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from cartographie.models import Fiche
from hubpartenariat.socle.aides import aides, besoins_sans_reponse
from hubpartenariat.socle.carte import carte_departement, carte_region
from hubpartenariat.socle.rapports import (
    Portee,
    Rapport,
    barres,
    carte,
    chapitre,
    chiffres,
    declarer,
    exemples_dans,
    liste,
    tableau,
    texte,
)
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import (
    CHECK_LIST_HAS,
    Acteur,
    Avancement,
    Besoin,
    Degre,
    Departement,
    Domaine,
    FormeAction,
    Frein,
    Levier,
    ReponseCheckList,
    Territoire,
    TypeStructure,
)

CARTOGRAPHIE, ANNUEL = "cartographie", "etat-annuel"
# Phase 1 of the regional project heard two groups apart: teams with an experience of partnership,
# and teams that wish to begin. A fiche says where it stands; unsaid, it belongs to neither.
GROUPES = {
    "Débutantes": {Avancement.REFLEXION, Avancement.DEMARRAGE},
    "Expérimentées": {Avancement.EN_COURS, Avancement.PERENNISEE, Avancement.TERMINEE},
}
CHAMPS = [
    "titre",
    "slug",
    "structure_nom",
    "type_structure",
    "departements",
    "commune_id",
    "domaines",
    "formes",
    "acteurs",
    "avancement",
    "degre",
    "freins",
    "leviers",
    "besoins",
    "check_list",
    "exemple",
]


@dataclass(frozen=True)
class Lot:
    """The published fiches of a territory, read once."""

    fiches: list[dict]

    @classmethod
    def de(cls, portee: Portee) -> "Lot":
        """Those of a département name it; the region holds them all. One query."""
        fiches = Fiche.objects.publiees()
        if not portee.regionale:
            fiches = fiches.filter(departements__contains=[portee.territoire])
        return cls(list(fiches.order_by("titre", "pk").values(*CHAMPS)))

    @property
    def total(self) -> int:
        return len(self.fiches)

    @cached_property
    def groupes(self) -> dict[str, list[dict]]:
        """The fiches of each group of experience."""
        return {
            nom: [f for f in self.fiches if f["avancement"] in etats]
            for nom, etats in GROUPES.items()
        }

    def compter(self, champ: str, fiches: list[dict] | None = None) -> Counter:
        """How many fiches carry each code of a field, simple or multiple."""
        comptes = Counter()
        for fiche in self.fiches if fiches is None else fiches:
            valeur = fiche[champ]
            comptes.update(set(valeur) if isinstance(valeur, list) else [valeur])
        return comptes

    def lignes(self, champ: str, vocabulaire) -> list[tuple[str, list[int]]]:
        comptes = self.compter(champ)
        return [(nom, [comptes[code]]) for code, nom in vocabulaire.choices]


def ou(portee: Portee) -> str:
    return "Île-de-France" if portee.regionale else portee.nom


@exemples_dans(CARTOGRAPHIE, ANNUEL)
def inventees(portee: Portee) -> bool:
    return any(fiche["exemple"] for fiche in Lot.de(portee).fiches)


# --- Chapters ----------------------------------------------------------------------------------
@chapitre("demarches", "La cartographie en bref", {CARTOGRAPHIE: 10, ANNUEL: 100}, page=True)
def en_bref(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    par_territoire, par_type = lot.compter("departements"), lot.compter("type_structure")
    types = [code for code in TypeStructure.values if code != TypeStructure.AUTRE]
    lignes = [("démarches publiées", lot.total)]
    if portee.regionale:
        servis = sum(bool(par_territoire[code]) for code in Departement.values)
        lignes += [
            ("départements avec au moins une démarche qui leur est propre", servis, 8),
            ("démarches qui couvrent toute la région", par_territoire[Territoire.REGION]),
        ]
    lignes += [
        (
            "types de structure porteuse représentés",
            sum(bool(par_type[code]) for code in types),
            len(types),
        ),
        ("démarches menées en partenariat (co-décision)", lot.compter("degre")["partenariat"]),
        *((f"démarches {nom.lower()}", len(fiches)) for nom, fiches in lot.groupes.items()),
        ("démarches dont l’avancement n’est pas dit", lot.compter("avancement")[""]),
    ]
    note = "Débutantes : en réflexion ou en démarrage. Expérimentées : en cours, pérennisées ou "
    note += "terminées. Ce sont les deux groupes entendus séparément en 2025."
    if not lot.total:
        return [texte(f"Aucune démarche n’est encore publiée {portee.dans}.", chapeau=True)]
    return [chiffres("demarches-en-bref", "", lignes, note)]


@chapitre("territoires", "Où, et portées par qui", {CARTOGRAPHIE: 20, ANNUEL: 110}, page=True)
def territoires(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    if not lot.total:
        return []
    titre = "Démarches par territoire" if portee.regionale else "Démarches par commune"
    blocs = [_carte(portee, lot, titre)]
    note = "Une démarche menée dans plusieurs départements compte une fois dans chacun."
    if portee.regionale:
        lignes = lot.lignes("departements", Territoire)
        blocs.append(barres("par-territoire", titre, lignes, entete="Territoire", note=note))
    lignes = lot.lignes("type_structure", TypeStructure)
    groupe = [("Démarches", lot.total)]
    titre = "Démarches par type de structure porteuse"
    blocs.append(barres("par-type", titre, lignes, groupe, entete="Type de structure"))
    return blocs


def _carte(portee: Portee, lot: Lot, titre: str) -> dict:
    if portee.regionale:
        comptes = lot.compter("departements")
        return carte("carte", titre, comptes, carte_region(comptes).resume)
    code = portee.territoire
    communes = Counter(f["commune_id"] or "" for f in lot.fiches)
    ici = {lieu: n for lieu, n in communes.items() if lieu.startswith(code)}
    ici[code] = lot.total - sum(ici.values())
    noms = dict(Commune.objects.filter(code__in=ici).values_list("code", "nom"))
    noms[code] = "Commune non précisée, ou hors du département"
    resume = carte_departement(code, ici).resume
    return carte("carte", titre, ici, resume, departement=code, noms=noms)


@chapitre("zones-blanches", "Zones blanches", {CARTOGRAPHIE: 30, ANNUEL: 120})
def zones_blanches(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    par_type = lot.compter("type_structure")
    sans_type = [nom for code, nom in TypeStructure.choices if not par_type[code]]
    mots = "Un zéro ne dit pas que rien ne se fait : il dit que personne ne l’a raconté ici."
    if sans_type:
        mots += "\n\nAucune démarche portée par : " + " ; ".join(sans_type) + "."
    blocs = [texte(mots, chapeau=True)]
    if not portee.regionale:
        return blocs
    croises = Counter((d, f["type_structure"]) for f in lot.fiches for d in set(f["departements"]))
    par_territoire = lot.compter("departements")
    sans = [nom for code, nom in Departement.choices if not par_territoire[code]]
    if sans:
        blocs.append(texte("Aucune démarche propre à : " + ", ".join(sans) + "."))
    lignes = [
        [nom, *(croises[code, t] for t in TypeStructure.values), par_territoire[code]]
        for code, nom in Territoire.choices
    ]
    entetes = ["Territoire", *COURTS.values(), "Ensemble"]
    titre = "Démarches par territoire et type de structure"
    return [*blocs, tableau("croisement", titre, entetes, lignes)]


# Column heads of a wide table.
COURTS = {
    TypeStructure.ASSOCIATION: "Asso.",
    TypeStructure.HOPITAL: "Hôpital",
    TypeStructure.EXERCICE_COORDONNE: "Ex. coord.",
    TypeStructure.VILLE: "Ville",
    TypeStructure.APPUI: "Appui",
    TypeStructure.MEDICO_SOCIAL: "Méd.-social",
    TypeStructure.UNIVERSITE: "Univ.",
    TypeStructure.FEDERATION: "Fédér.",
    TypeStructure.COLLECTIVITE: "Collect.",
    TypeStructure.AUTRE: "Autre",
}


@chapitre("actions", "Ce qui se fait", {CARTOGRAPHIE: 40}, page=True)
def actions(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    if not lot.total:
        return []
    groupe = [("Démarches", lot.total)]
    note = "Une démarche peut en cocher plusieurs."
    return [
        barres(cle, titre, lot.lignes(champ, mots), groupe, entete=entete, note=note)
        for cle, titre, entete, champ, mots in (
            ("domaines", "Domaines d’intervention", "Domaine", "domaines", Domaine),
            ("formes", "Formes d’action", "Forme d’action", "formes", FormeAction),
            ("acteurs", "Acteurs impliqués", "Acteur", "acteurs", Acteur),
        )
    ]


@chapitre("maturite", "Où en sont les démarches", {CARTOGRAPHIE: 50, ANNUEL: 130}, page=True)
def maturite(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    if not lot.total:
        return []
    groupe = [("Démarches", lot.total)]
    avancement = [*lot.lignes("avancement", Avancement), _non_dit(lot, "avancement")]
    degres = [*lot.lignes("degre", Degre), _non_dit(lot, "degre")]
    remplies = [f["check_list"] for f in lot.fiches if f["check_list"]]
    criteres = [
        (critere, [sum(r.get(cle) == ReponseCheckList.OUI for r in remplies)])
        for cle, critere in CHECK_LIST_HAS.items()
    ]
    blocs = [
        barres("avancement", "Avancement", avancement, groupe, entete="Avancement"),
        barres("degres", "Degré d’engagement", degres, groupe, entete="Degré"),
    ]
    if remplies:
        titre = "Critères de la check-list de la HAS déclarés remplis"
        groupe = [("Remplis", len(remplies))]
        note = f"Démarches qui ont répondu à la check-list : {len(remplies)} sur {lot.total}."
        note += " Réponses déclarées par les équipes."
        blocs.append(barres("check-list", titre, criteres, groupe, entete="Critère", note=note))
    return blocs


def _non_dit(lot: Lot, champ: str) -> tuple[str, list[int]]:
    return "Non précisé", [lot.compter(champ)[""]]


@chapitre("experience", "Freins, leviers, besoins", {CARTOGRAPHIE: 60, ANNUEL: 140}, page=True)
def selon_l_experience(portee: Portee) -> list[dict]:
    """Crossed by experience: the two groups of phase 1."""
    lot = Lot.de(portee)
    if not lot.total:
        return []
    groupes = [(nom, len(fiches)) for nom, fiches in lot.groupes.items()]
    unite = "En nombre de démarches et en % du groupe ; les plus cités d’abord."
    note = "Barre pleine : démarches débutantes. Barre vide : démarches expérimentées."
    blocs = []
    for cle, titre, mots in (
        ("freins", "Freins", Frein),
        ("leviers", "Leviers", Levier),
        ("besoins", "Besoins d’appui", Besoin),
    ):
        comptes = [lot.compter(cle, fiches) for fiches in lot.groupes.values()]
        lignes = [(nom, [c[code] for c in comptes]) for code, nom in mots.choices]
        lignes.sort(key=lambda une: -sum(une[1]))
        blocs.append(barres(cle, titre, lignes, groupes, entete=titre[:-1], unite=unite, note=note))
    return blocs


@chapitre("liste", "Les démarches", {CARTOGRAPHIE: 70}, page=True)
def les_demarches(portee: Portee) -> list[dict]:
    lot = Lot.de(portee)
    if not lot.total:
        return []
    territoires = dict(Territoire.choices)
    elements = [
        {
            "titre": f["titre"] or "Fiche sans titre",
            "texte": " · ".join(
                filter(
                    None, [f["structure_nom"], ", ".join(territoires[d] for d in f["departements"])]
                )
            ),
            "url": reverse("cartographie:fiche", args=[f["slug"]]) if f["slug"] else "",
        }
        for f in lot.fiches
    ]
    return [liste("demarches", "", elements)]


@chapitre("besoins-du-hub", "Besoins déclarés, et ce que le hub y répond", {ANNUEL: 150})
def besoins_et_reponses(portee: Portee) -> list[dict]:
    """Needs of the teams, beside what the hub offers for each: the gaps that remain."""
    lot = Lot.de(portee)
    comptes = lot.compter("besoins")
    if not comptes:
        return []
    offres = aides(Besoin.values, au_plus=10_000)
    lignes = [
        [nom, comptes[code], sum(code in aide.besoins for aide in offres)]
        for code, nom in sorted(Besoin.choices, key=lambda une: -comptes[une[0]])
    ]
    declares = [code for code in Besoin.values if comptes[code]]
    sans = besoins_sans_reponse(declares)
    noms = dict(Besoin.choices)
    mots = "Chaque besoin déclaré trouve ici au moins une ressource."
    if sans:
        mots = "Sans réponse dans le hub à ce jour : " + " ; ".join(noms[c] for c in sans) + "."
    entetes = ["Besoin d’appui", "Démarches qui le déclarent", "Réponses dans le hub"]
    return [
        texte(mots, chapeau=True),
        tableau("besoins-reponses", "Besoins et réponses", entetes, lignes),
    ]


# --- The report --------------------------------------------------------------------------------
def _base(portee: Portee) -> str:
    total = Lot.de(portee).total
    pluriel = "s" if total > 1 else ""
    return f"{total} démarche{pluriel} publiée{pluriel} {portee.dans}"


declarer(
    Rapport(
        code=CARTOGRAPHIE,
        titre="Synthèse de la cartographie",
        sur_titre="Les démarches de partenariat en santé",
        resume="Où l’on agit en partenariat avec les patients, avec qui, à quel stade, "
        "avec quels freins et quels besoins ; et ce que personne n’a encore raconté.",
        methode=(
            "Les démarches sont décrites par les équipes qui les portent et relues avant "
            "publication. Ce qui est compté est ce qui est publié le jour indiqué : ni un "
            "recensement, ni un échantillon. Une question sans réponse n’est pas un non. Les "
            "pourcentages sont arrondis à une décimale, chacun pour soi."
        ),
        base=_base,
    )
)

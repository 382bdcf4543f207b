"""What the library gives to the yearly report: what serves, what is held, never who.

Projects, charters and support are few: they are counted for the whole region only, from five, so
that no subtraction between territories gives a small number back.
"""

from django.db.models import Count, F, Max, Q, Sum

from hubpartenariat.socle.rapports import Portee, chapitre, chiffres, tableau
from hubpartenariat.socle.vocabulaires import Besoin
from ressources.deux_voix.ensemble import PAIRES_AU_MOINS, moyennes
from ressources.enums import Geste
from ressources.models import Accompagnement, Ecrit, Evenement, Projet, Ressource, Usage

ANNUEL = "etat-annuel"
SEUIL = 5
MONTREES = 10


@chapitre("ressources", "Les ressources, et ce qui sert", {ANNUEL: 400}, page=True)
def ressources(portee: Portee) -> list[dict]:
    """The library, what was opened and used this year, the agenda."""
    publiees = Ressource.objects.publiees()
    tenus = Evenement.objects.montres().filter(
        debut__date__gte=portee.du, debut__date__lte=portee.au, exemple=False
    )
    if not portee.regionale:
        ici = Q(departements__contains=[portee.territoire]) | Q(departements__contains=["region"])
        publiees = publiees.filter(ici | Q(departements=[]))
        tenus = tenus.filter(ici)
    usages = Usage.objects.filter(ressource__in=publiees, mois__gte=portee.du, mois__lte=portee.au)
    par_geste = dict(usages.order_by().values_list("geste").annotate(total=Sum("nombre")))
    lignes = [
        ("ressources publiées", publiees.count()),
        ("pages ouvertes dans l’année", par_geste.get(Geste.OUVERTE, 0)),
        ("fichiers téléchargés", par_geste.get(Geste.TELECHARGEE, 0)),
        ("fois où une équipe dit s’en être servie", par_geste.get(Geste.UTILISEE, 0)),
        ("rencontres annoncées dans l’agenda", tenus.count()),
    ]
    note = "Les usages sont comptés par mois, sans savoir qui : une même personne compte autant "
    note += "de fois qu’elle revient."
    blocs = [chiffres("ressources", "", lignes, note)]
    if servies := _les_plus_ouvertes(usages):
        blocs.append(
            tableau("ressources-servies", "Les plus ouvertes", ["Ressource", "Pages ouvertes"],
                    servies)
        )  # fmt: skip
    return [*blocs, _par_besoin(publiees)]


def _les_plus_ouvertes(usages) -> list[list]:
    totaux = (
        usages.filter(geste=Geste.OUVERTE)
        .order_by()
        .values("ressource__titre")
        .annotate(total=Sum("nombre"))
        .order_by("-total", "ressource__titre")
    )
    return [[une["ressource__titre"], une["total"]] for une in totaux[:MONTREES]]


def _par_besoin(publiees) -> dict:
    """How many entries answer each need, zeros shown: what remains to be written."""
    tous = [code for codes in publiees.values_list("besoins", flat=True) for code in codes]
    lignes = [[nom, tous.count(code)] for code, nom in Besoin.choices]
    return tableau("ressources-besoins", "Par besoin", ["Besoin d’appui", "Ressources"], lignes)


@chapitre("outils-partages", "Travailler à deux : projets, chartes, baromètres", {ANNUEL: 410})
def outils_partages(portee: Portee) -> list[dict]:
    """Shared projects, what they signed, who is supported; the barometer from five pairs."""
    if not portee.regionale:
        return []
    projets = Projet.objects.filter(exemple=False, cree_le__date__lte=portee.au)
    vivants = projets.filter(participations__partie_le=None).distinct()
    chartes = Ecrit.objects.filter(genre="charte", projet__in=projets)
    suivis = Accompagnement.objects.filter(projet__in=projets)
    lignes = [
        ("projets partagés par une équipe et des patients partenaires", vivants.count()),
        ("chartes dont la dernière version est signée par tous", _signees(chartes)),
        ("équipes accompagnées", suivis.filter(etat="suivi").count()),
    ]
    note = f"Sous {SEUIL}, un nombre de projets ou d’équipes n’est pas publié."
    lignes = [(mot, n if n == 0 or n >= SEUIL else None) for mot, n in lignes]
    blocs = [chiffres("outils-partages", "", lignes, note)]
    if notes := moyennes():
        blocs.append(_barometre(notes))
    return blocs


def _signees(chartes) -> int:
    """Charters whose last version everybody asked has signed. One query."""
    versions = (
        chartes.annotate(derniere=Max("versions__numero"))
        .filter(versions__numero=F("derniere"))
        .annotate(faites=Count("versions__signatures"))
        .values_list("faites", "versions__signataires")
    )
    return sum(1 for faites, demandes in versions if demandes and faites >= len(demandes))


def _barometre(notes: list[dict]) -> dict:
    """Mean scores of each side, criterion by criterion; what five pairs have not answered stays
    empty."""

    def dit(valeur):
        return "–" if valeur is None else f"{valeur:.1f}".replace(".", ",")

    lignes = [
        [une["critere"], une["base"] or None, dit(une["professionnel"]), dit(une["patient"])]
        for une in notes
    ]
    entetes = ["Critère", "Paires", "Professionnels (0 à 4)", "Patients partenaires (0 à 4)"]
    note = f"Premier baromètre croisé de chaque projet ; au moins {PAIRES_AU_MOINS} paires."
    return tableau("barometre-ensemble", "Le baromètre croisé", entetes, lignes, note)

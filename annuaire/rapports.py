"""What the directory gives to the yearly report: how many, never who.

Small groups are hidden by socle.statistiques (rule: a category from 5, its partners with it).
Counts of people follow annuaire/compteurs.py: consent, floors, thresholds.
"""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from annuaire.compteurs import compteurs_publics
from annuaire.enums import EtatAppel, Frais
from annuaire.models import Appel, MiseEnRelation, MissionSuivie, Structure
from hubpartenariat.socle.rapports import Portee, barres, chapitre, chiffres, exemples_dans
from hubpartenariat.socle.statistiques import Plan
from hubpartenariat.socle.vocabulaires import Domaine, Statut

ANNUEL = "etat-annuel"
SEUIL = 5


def bornes(portee: Portee) -> tuple[datetime, datetime]:
    """The year up to the end of the day, in local time."""

    def minuit(jour):
        return timezone.make_aware(datetime.combine(jour, time.min))

    return minuit(portee.du), minuit(portee.au + timedelta(days=1))


def publiable(nombre: int) -> int | None:
    """A count of people or pairs, when it is none or large enough."""
    return nombre if nombre == 0 or nombre >= SEUIL else None


def cacher(effectifs: dict[str, int]) -> dict[str, int | None]:
    """The counts that may be shown beside one another."""
    return Plan(effectifs, SEUIL).effectifs()


def _appels(portee: Portee):
    """The appels published in the year, in the territory."""
    du, au = bornes(portee)
    appels = Appel.objects.filter(publie_le__gte=du, publie_le__lt=au)
    return appels if portee.regionale else appels.filter(departements__contains=[portee.territoire])


def _structures(portee: Portee):
    publiees = Structure.objects.publiees()
    if portee.regionale:
        return publiees
    return publiees.filter(departements__contains=[portee.territoire])


@exemples_dans(ANNUEL)
def inventes(portee: Portee) -> bool:
    return (
        _appels(portee).filter(exemple=True).exists()
        or _structures(portee).filter(exemple=True).exists()
    )


@chapitre("mise-en-relation", "Se trouver : appels et binômes", {ANNUEL: 200}, page=True)
def mise_en_relation(portee: Portee) -> list[dict]:
    du, au = bornes(portee)
    appels, structures = _appels(portee), _structures(portee)
    relations = MiseEnRelation.objects.filter(creee_le__gte=du, creee_le__lt=au)
    if not portee.regionale:
        relations = relations.filter(appel__in=appels)
    etats = appels.aggregate(
        total=Count("pk"),
        pourvus=Count("pk", filter=Q(etat=EtatAppel.POURVU)),
        sans_suite=Count("pk", filter=Q(etat__in=[EtatAppel.SANS_SUITE, EtatAppel.EXPIRE])),
    )
    accords = relations.filter(accord_patient_le__isnull=False, accord_equipe_le__isnull=False)
    missions = MissionSuivie.objects.filter(relation__in=accords)
    lignes = [
        ("structures dans l’annuaire", structures.count()),
        ("appels publiés dans l’année", etats["total"]),
        ("appels pourvus", publiable(etats["pourvus"])),
        ("appels restés sans suite", publiable(etats["sans_suite"])),
    ]
    # Pairs are few: by territory, the region less the others would give a small number back.
    if portee.regionale:
        lignes += [
            ("binômes formés, avec le double accord", publiable(accords.count())),
            ("missions commencées", publiable(missions.count())),
            ("patients partenaires prêts à s’engager (au moins)", compteurs_publics().total),
        ]
    note = f"Sous {SEUIL}, un nombre de personnes ou de binômes n’est pas publié ; les binômes ne "
    note += "sont comptés que pour la région entière."
    return [chiffres("mise-en-relation", "", lignes, note)]


@chapitre("reconnaissance", "Ce que les appels reconnaissent", {ANNUEL: 210})
def reconnaissance(portee: Portee) -> list[dict]:
    """By the one status and the one treatment of expenses of each appel."""
    appels = _appels(portee)
    note = f"Sous {SEUIL} appels, une ligne n’est pas publiée, ni celle qui la ferait deviner."
    blocs = []
    for cle, titre, entete, champ, mots in (
        ("appels-statut", "Statut proposé", "Statut", "statut", Statut),
        ("appels-frais", "Ce que deviennent les frais", "Frais", "frais", Frais),
        ("appels-domaine", "Domaine de l’appel", "Domaine", "domaine", Domaine),
    ):
        lignes = appels.order_by().values(champ).annotate(nombre=Count("pk"))
        comptes = {ligne[champ]: ligne["nombre"] for ligne in lignes}
        effectifs = {code: comptes.get(code, 0) for code in mots.values}
        montres = cacher(effectifs)
        if any(montres.values()):
            lignes = [(nom, [montres[code]]) for code, nom in mots.choices]
            groupe = [("Appels", sum(effectifs.values()))]
            blocs.append(barres(cle, titre, lignes, groupe, entete=entete, note=note))
    return blocs

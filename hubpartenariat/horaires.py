"""Everything that the hub does by the clock: one list, in one place.

Each is safe to run twice: the clock of a stopped machine, a cron and a person may all call it.
``manage.py horaire`` lists them, ``manage.py horaire NOM`` runs one now (for a cron without
Celery beat); the administration shows the last run of each.
"""

from dataclasses import dataclass

from celery.schedules import crontab

HEURE = 3600


@dataclass(frozen=True)
class Horaire:
    """One recurring job. ``expire``: seconds after which a message is worth nothing, so that a
    worker that comes back does not find a pile of them."""

    nom: str
    libelle: str
    quand: str
    tache: str
    rythme: crontab | int
    expire: int = HEURE
    # Runs that are not worth a row each: only the last one is kept.
    seule_la_derniere: bool = False


HORAIRES = (
    Horaire(
        "reprendre",
        "Reprendre les documents et les courriels en souffrance",
        "toutes les dix secondes",
        "hubpartenariat.socle.tasks.reprendre",
        10,
        expire=10,
        seule_la_derniere=True,
    ),
    Horaire(
        "purger",
        "Effacer les fichiers et les textes passés de date",
        "toutes les heures",
        "hubpartenariat.socle.tasks.purger",
        HEURE,
        seule_la_derniere=True,
    ),
    Horaire(
        "purger_donnees",
        "Appliquer les durées de conservation",
        "chaque nuit à 4 h 20",
        "hubpartenariat.socle.tasks.purger_donnees",
        crontab(hour=4, minute=20),
    ),
    # The first three days: a mail is written once a month, a stopped machine misses none.
    Horaire(
        "resumer_aux_referents",
        "Écrire aux référents le résumé du mois",
        "les trois premiers jours du mois à 7 h 10, un courriel par mois",
        "annuaire.tasks.resumer_aux_referents",
        crontab(hour=7, minute=10, day_of_month="1-3"),
    ),
    # Monday, and again on Tuesday for what a stopped machine missed: one mail a week at most.
    Horaire(
        "tour_de_la_semaine",
        "Proposer les appels aux personnes qu’ils concernent",
        "le lundi, et le mardi en rattrapage, à 6 h 30",
        "annuaire.tasks.tour_de_la_semaine",
        crontab(hour=6, minute=30, day_of_week="1,2"),
    ),
    Horaire(
        "entretenir_les_relations",
        "Rappels et fins des mises en relation",
        "chaque nuit à 5 h 40",
        "annuaire.tasks.entretenir_les_relations",
        crontab(hour=5, minute=40),
    ),
    Horaire(
        "rappeler_les_consentements",
        "Rappeler les accords qui prennent fin",
        "chaque jour à 8 h 10",
        "hubpartenariat.comptes.tasks.rappeler_les_consentements",
        crontab(hour=8, minute=10),
        expire=12 * HEURE,
    ),
    Horaire(
        "entretenir_les_appels",
        "Rappels et fins des appels et des offres",
        "toutes les heures",
        "annuaire.tasks.entretenir_les_appels",
        HEURE,
        seule_la_derniere=True,
    ),
    Horaire(
        "redemander_les_check_lists",
        "Redemander les check-lists qui ont six mois",
        "chaque jour à 8 h 40, un courriel par personne et par check-list",
        "ressources.tasks.redemander_les_check_lists",
        crontab(hour=8, minute=40),
        expire=12 * HEURE,
    ),
    # Sunday night, and again on Wednesday for what a stopped machine missed.
    Horaire(
        "verifier_les_liens",
        "Vérifier que les liens de la bibliothèque répondent",
        "le dimanche et le mercredi à 3 h 10",
        "ressources.tasks.verifier_les_liens",
        crontab(hour=3, minute=10, day_of_week="0,3"),
    ),
    Horaire(
        "clore_les_consultations",
        "Clore les consultations dont la date est passée",
        "toutes les heures",
        "consultation.tasks.clore_les_consultations",
        HEURE,
        seule_la_derniere=True,
    ),
    Horaire(
        "rappeler_les_evenements",
        "Rappeler les événements de l’agenda, deux jours avant",
        "toutes les heures, un courriel par inscription",
        "ressources.tasks.rappeler_les_evenements",
        HEURE,
        seule_la_derniere=True,
    ),
    # The first three days of a quarter: one draft per report, a stopped machine misses none.
    Horaire(
        "preparer_les_editions",
        "Préparer les brouillons d’éditions du trimestre",
        "les trois premiers jours de chaque trimestre à 5 h 10",
        "hubpartenariat.syntheses.tasks.preparer_les_editions",
        crontab(hour=5, minute=10, day_of_month="1-3", month_of_year="1,4,7,10"),
    ),
)


def planifier(horaires=HORAIRES) -> dict:
    """The same list as Celery beat wants it."""
    return {
        un.nom: {"task": un.tache, "schedule": un.rythme, "options": {"expires": un.expire}}
        for un in horaires
    }

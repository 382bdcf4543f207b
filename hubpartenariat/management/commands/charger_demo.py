"""``manage.py charger_demo``: the demonstration, contents and accounts, all invented."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annuaire import demo as annuaire
from cartographie import demo as cartographie
from consultation import demo as consultation
from hubpartenariat.syntheses import demo as syntheses
from ressources.demo import agenda, bibliotheque, deux_voix, paroles, projets


class Command(BaseCommand):
    help = (
        "Load the demo accounts, fiches, structures, profiles and pairs. Safe to run again; "
        "refused on a hub that people use."
    )

    def handle(self, **options):
        from hubpartenariat.comptes.demo import DOMAINE, DemoRefusee, charger_comptes_demo

        try:
            with transaction.atomic():
                comptes = charger_comptes_demo()
                # The first accounts belong to no team: they are the ones who write.
                auteurs = [compte for compte in comptes if not compte.is_staff][:3]
                fiches = cartographie.charger(auteurs)
                roles = dict(zip(("membre", "structure", "territoire"), auteurs, strict=True))
                autres = annuaire.charger(roles, DOMAINE)
                reponses = consultation.charger()
                propositions = bibliotheque.charger(auteurs)
                evenements = agenda.charger(auteurs)
                espaces = projets.charger(auteurs)
                recits = paroles.charger(auteurs)
                passages = deux_voix.charger(auteurs)
                editions = syntheses.charger(DOMAINE)
        except DemoRefusee as refus:
            raise CommandError(str(refus)) from refus
        self.stdout.write(
            f"démonstration : {len(comptes)} comptes, {fiches} fiches, {autres} éléments de "
            f"l’annuaire, {reponses} réponses à la consultation, {propositions} ressources "
            f"proposées, {evenements} événements, {recits} récits, {espaces} projets, "
            f"{passages} passages d’outils et {editions} éditions ajoutés"
        )

"""``manage.py importer_reponses``: the answers of another tool, reported line by line."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultation import correspondance as correspondances
from consultation import importation, questionnaires
from consultation.enums import Provenance
from consultation.models import Consultation, Reponse


class Command(BaseCommand):
    help = (
        "Import answers from a CSV: one line per person, one column per question. Safe to run "
        "twice; a line that is not understood is refused whole. See docs/importer_des_reponses.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("fichier", type=Path, metavar="FICHIER.csv")
        parser.add_argument("--consultation", required=True, metavar="ADRESSE")
        parser.add_argument("--correspondance", type=Path, required=True, metavar="FICHIER.toml")
        parser.add_argument("--simuler", action="store_true", help="say what would be imported")

    def handle(self, *, fichier, consultation, correspondance, simuler, **options):
        objet = Consultation.objects.filter(slug=consultation).first()
        if objet is None:
            raise CommandError(f"Il n’y a pas de consultation à l’adresse « {consultation} ».")
        if objet.provenance != Provenance.HUB:
            raise CommandError("Cette consultation reprend des résultats publiés ailleurs.")
        try:
            regles = correspondances.lire_la_correspondance(correspondance)
            entetes = correspondances.lignes_d_entete(regles)
            colonnes, lignes = importation.lire_le_fichier(fichier, entetes)
            contenu = questionnaires.photographier(objet)
            lue = correspondances.Correspondance(regles, contenu, colonnes)
        except correspondances.FichierIllisible as erreur:
            raise CommandError(str(erreur)) from erreur
        bilan = self._importer(objet, importation.lire(objet, lignes, lue), simuler)
        self._conclure(bilan, simuler)
        if bilan["refusée"]:
            raise CommandError("Corrigez les lignes refusées, puis relancez : rien ne sera doublé.")

    def _importer(self, objet, lignes, simuler) -> Counter:
        bilan: Counter = Counter()
        questionnaire = None if simuler else questionnaires.figer(objet)
        connues = set(
            Reponse.objects.filter(consultation=objet).values_list("cle_import", flat=True)
        )
        for ligne in lignes:
            if simuler:
                deja = ligne.cle in connues
                ligne.etat = (
                    "serait refusée : " + " ; ".join(ligne.refus)
                    if ligne.refus
                    else "déjà là"
                    if deja
                    else "serait importée"
                )
            else:
                importation.ecrire(objet, ligne, questionnaire)
            bilan[ligne.etat.split(" : ")[0].removeprefix("serait ")] += 1
            self.stdout.write(f"ligne {ligne.numero} : {ligne.etat}")
        return bilan

    def _conclure(self, bilan, simuler):
        mots = ", ".join(f"{n} {etat}{'s' if n > 1 and etat != 'déjà là' else ''}"
                         for etat, n in sorted(bilan.items()))  # fmt: skip
        self.stdout.write(mots + (". Rien n’a été écrit." if simuler else "."))

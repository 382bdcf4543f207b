"""The demonstration of projects: charters, letters, a sheet, records in every state; invented."""

from datetime import timedelta

from django.utils import timezone

from ressources.accompagnement import attestations, bilan, suivi
from ressources.enums import Pas, Voix
from ressources.models import Participation, Projet
from ressources.projets import ecrits, fiche, releves

PREMIER = "Livret de sortie relu à deux (exemple)"
AUTRES = (
    ("Café des pairs du mardi (exemple)", Pas.FORMALISER),
    ("Accueil aux urgences (exemple)", Pas.IDEE),
)
NOMS = dict(zip(Voix.values, ("Sacha", "Camille"), strict=True))
FICHE = {
    "diagnostic": "Un patient sur trois rappelle le service dans la semaine (chiffre inventé).",
    "objectifs": "Un livret que chacun comprend seul, chez lui.",
    "plan": "Relire à voix haute, réécrire, essayer avec dix personnes.",
    "moyens": "Deux heures par mois, transport remboursé en trente jours.",
    "calendrier": "De janvier à juin, un point en mars.",
    "criteres": "Moins de rappels ; chacun retrouve trois informations en deux minutes.",
}


def charger(personnes) -> int:
    """Add what is not there yet. How many projects were added or completed."""
    if Projet.objects.filter(exemple=True, titre=AUTRES[0][0]).exists():
        return 0
    premier = _projet(PREMIER, Pas.REALISER, personnes)
    _signee_puis_changee(premier)
    _fiche_et_releves(premier)
    _accompagne(premier, personnes[-1])
    _bilan_et_attestations(premier)
    for titre, pas in AUTRES:
        projet = _projet(titre, pas, personnes)
        if pas == Pas.FORMALISER:
            _a_moitie_signee(projet)
        else:
            suivi.demander(projet, "Nous ne savons pas par où commencer (exemple).", None)
    return 1 + len(AUTRES)


def _projet(titre, pas, personnes) -> Projet:
    projet, _ = Projet.objects.get_or_create(
        titre=titre,
        exemple=True,
        defaults={"resume": "Un projet inventé, pour montrer les outils."},
    )
    Projet.objects.filter(pk=projet.pk).update(pas=pas)
    for voix, personne in zip(Voix.values, personnes[:2], strict=True):
        Participation.objects.get_or_create(
            projet=projet, personne=personne, partie_le=None,
            defaults={"nom": NOMS[voix], "voix": voix},
        )  # fmt: skip
    return projet


def _signer_tous(version, sauf=()) -> None:
    for une in version.ecrit.projet.presents():
        if une.voix not in sauf:
            ecrits.signer(version, une, f"{une.nom} (exemple)", version.empreinte)


def _signee_puis_changee(projet) -> None:
    """A charter signed by all, then changed and signed again; a letter signed by all."""
    gens = {une.voix: une for une in projet.presents()}
    auteur = gens[Voix.PROFESSIONNEL].personne
    charte = ecrits.ouvrir_la_charte(projet, auteur)
    _signer_tous(ecrits.proposer(charte, charte.revision, auteur))
    clauses = [dict(une) for une in charte.clauses]
    clauses[-1]["texte"] = "Nous faisons le point trois fois par an, des deux côtés."
    ecrits.ecrire(charte, clauses, charte.revision, auteur)
    _signer_tous(ecrits.proposer(charte, charte.revision, auteur))
    lettre = ecrits.ouvrir_une_lettre(projet, gens[Voix.PATIENT], auteur)
    _signer_tous(ecrits.proposer(lettre, lettre.revision, auteur))


def _a_moitie_signee(projet) -> None:
    """A charter that one side has signed, and a letter that is being written."""
    gens = {une.voix: une for une in projet.presents()}
    auteur = gens[Voix.PROFESSIONNEL].personne
    charte = ecrits.ouvrir_la_charte(projet, auteur)
    _signer_tous(ecrits.proposer(charte, charte.revision, auteur), sauf={Voix.PATIENT})
    ecrits.ouvrir_une_lettre(projet, gens[Voix.PATIENT], auteur)


def _fiche_et_releves(projet) -> None:
    """The sheet with its steering body; a record validated by all, one that waits."""
    gens = list(projet.presents())
    pilotage = [
        {"nom": "Cadre du service (exemple)", "voix": Voix.PROFESSIONNEL, "vote": True},
        {"nom": "Camille (exemple)", "voix": Voix.PATIENT, "vote": True},
    ]
    fiche.enregistrer(projet, FICHE, pilotage, 0, gens[0].personne)
    aujourd_hui = timezone.localdate()
    for titre, jours in (("Deuxième réunion (exemple)", 20), ("Première réunion (exemple)", 60)):
        champs = {
            "titre": titre,
            "tenue_le": aujourd_hui - timedelta(days=jours),
            "texte": "Nous relisons le livret à voix haute.\nCamille apporte trois exemples.",
        }
        releve = releves.ecrire(projet, champs, gens[0].personne)
        for une in gens if jours == 60 else gens[:1]:
            releves.valider(releve, une, 0)


def _accompagne(projet, referent) -> None:
    """Followed by the référent of the territory, one meeting written."""
    un = suivi.demander(projet, "Une personne extérieure pour la suite (exemple).", None)
    suivi.prendre(un, referent)
    un.refresh_from_db()
    champs = {
        "tenue_le": timezone.localdate() - timedelta(days=15),
        "decisions": "Essayer le livret avec dix personnes.",
        "suites": "Se revoir en mars.",
    }
    suivi.raconter(un, champs, referent)


def _bilan_et_attestations(projet) -> None:
    """A bilan given back; an attestation co-signed, one that waits, one to correct."""
    champs = dict.fromkeys(bilan.CHAMPS, "")
    champs |= {
        "effets_patients": "Le livret est lu jusqu’au bout (exemple).",
        "partenariat_bien": "Relire à voix haute, ensemble (exemple).",
        "partenariat_mal": "Les premiers horaires ne convenaient qu’à l’équipe (exemple).",
    }
    gens = {une.voix: une for une in projet.presents()}
    bilan.enregistrer(projet, champs, 0, None)
    for une in gens.values():
        bilan.rendre(projet, une, 1)
    aujourd_hui = timezone.localdate()
    for rang, genre in enumerate(("engagement", "presence", "engagement")):
        une = attestations.demander(
            gens[Voix.PATIENT],
            {
                "genre": genre,
                "nom": "Camille Exemple",
                "role": "Relecture du livret (exemple).",
                "du": aujourd_hui - timedelta(days=90),
                "au": aujourd_hui,
                "heures": 12,
            },
        )
        if rang == 0:
            attestations.cosigner(une, gens[Voix.PROFESSIONNEL])
        elif rang == 2:
            motif = "Plutôt dix heures : nous avons compté ensemble (exemple)."
            attestations.refuser(une, gens[Voix.PROFESSIONNEL], motif)

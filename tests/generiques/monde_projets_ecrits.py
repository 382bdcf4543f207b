"""What the shared project of the small world writes: a charter in two versions, half signed, a
letter in writing, a sheet, a record, two invitations. Built after ``monde_projets``."""

from dataclasses import dataclass, field

from django.utils import timezone

from ressources.enums import Voix
from ressources.models import (
    Ecrit,
    FicheProjet,
    InvitationAuProjet,
    MembreDuPilotage,
    Releve,
    Validation,
)
from ressources.projets import ecrits, equipe

NOM = "projets_ecrits"


@dataclass
class Ecrits:
    """``ecrits`` by kind; ``jetons`` of links, by what they do; ``releve``."""

    ecrits: dict[str, Ecrit] = field(default_factory=dict)
    jetons: dict[str, str] = field(default_factory=dict)
    invitations: dict[str, str] = field(default_factory=dict)
    releve: Releve | None = None


def construire(monde) -> Ecrits:
    partie, projet = Ecrits(), monde.parties["projets"].projets["auteur"]
    pro, patient = projet.presents().order_by("voix").reverse()
    charte = partie.ecrits["charte"] = ecrits.ouvrir_la_charte(projet, None)
    premiere = ecrits.proposer(charte, 0, pro.personne)
    for une in (pro, patient):
        ecrits.signer(premiere, une, "Le nom signé", premiere.empreinte)
    clauses = [*charte.clauses, {"titre": "Clause ajoutée", "texte": "Texte ajouté."}]
    ecrits.ecrire(charte, clauses, 0, pro.personne)
    seconde = ecrits.proposer(charte, 1, pro.personne)
    partie.ecrits["lettre"] = ecrits.ouvrir_une_lettre(projet, patient, None)
    partie.jetons = {
        "valide": ecrits.jeton(seconde, patient),
        "remplace": ecrits.jeton(premiere, patient),
        "forge": "n-importe-quoi",
    }
    partie.releve = _fiche_et_releve(projet)
    _fiche_et_releve(monde.parties["projets"].projets["autre"])
    Validation.objects.create(releve=partie.releve, participation=pro, revision=0)
    for etat, qui in (("ouverte", "membre"), ("servie", "autre")):
        invitation = InvitationAuProjet.objects.create(
            projet=projet,
            courriel=monde.personnes[qui].email,
            voix=Voix.PATIENT,
            creee_par=monde.personnes["auteur"],
            acceptee_le=timezone.now() if etat == "servie" else None,
        )
        partie.invitations[etat] = equipe.jeton(invitation)
    partie.invitations["forgee"] = "n-importe-quoi"
    return partie


def _fiche_et_releve(projet) -> Releve:
    fiche = FicheProjet.objects.create(
        projet=projet, diagnostic="Un état des lieux.", objectifs="Un objectif.", plan="Un plan.",
        moyens="Des moyens.", calendrier="Un calendrier.", criteres="Des critères.",
    )  # fmt: skip
    MembreDuPilotage.objects.create(fiche=fiche, nom="Une présidente", voix=Voix.PATIENT, vote=True)
    return Releve.objects.create(
        projet=projet,
        titre="Première réunion",
        tenue_le=timezone.localdate(),
        texte="Ce qui est décidé.",
        attendus=[une.pk for une in projet.presents()],
    )

"""Support in the small world: the shared project is followed by « referent », the other one asks;
a bilan, an attestation in each state."""

from dataclasses import dataclass, field

from django.utils import timezone

from ressources.enums import EtatAccompagnement
from ressources.models import Accompagnement, AttestationDeProjet, Bilan, Rencontre

NOM = "projets_suivi"


@dataclass
class Suivi:
    """``accompagnements`` by state; ``attestations`` by state, two of them refused."""

    accompagnements: dict[str, Accompagnement] = field(default_factory=dict)
    attestations: dict[str, AttestationDeProjet] = field(default_factory=dict)
    rencontres: dict[str, Rencontre] = field(default_factory=dict)


def construire(monde) -> Suivi:
    partie, projets = Suivi(), monde.parties["projets"].projets
    referent = monde.personnes["referent"]
    partie.accompagnements["suivi"] = Accompagnement.objects.create(
        projet=projets["auteur"],
        etat=EtatAccompagnement.SUIVI,
        referent=referent,
        demande="Nous aider à finir.",
    )
    partie.accompagnements["demande"] = Accompagnement.objects.create(
        projet=projets["autre"], demande="Nous aider à commencer."
    )
    for etat, un in partie.accompagnements.items():
        partie.rencontres[etat] = Rencontre.objects.create(
            accompagnement=un,
            tenue_le=timezone.localdate(),
            decisions="Se revoir.",
            suites="Inviter une autre personne.",
            pas=un.projet.pas,
            ecrite_par=referent,
        )
    for projet in projets.values():
        Bilan.objects.create(
            projet=projet, effets_patients="Un effet.", effets_equipe="Un autre.",
            effets_suite="Ce qui reste.", partenariat_bien="Le bien.",
            partenariat_mal="Le difficile.", partenariat_autre="Autrement.",
        )  # fmt: skip
    patient = projets["auteur"].presents().get(voix="patient")
    pro = projets["auteur"].presents().get(voix="professionnel")
    for etat in ("attend", "cosignee", "refusee", "refusee_aussi"):
        cosignee, refusee = etat == "cosignee", etat.startswith("refusee")
        partie.attestations[etat] = AttestationDeProjet.objects.create(
            participation=pro if etat == "refusee_aussi" else patient,
            genre="engagement",
            nom="Le nom attesté",
            role="Relire",
            du=timezone.localdate(),
            au=timezone.localdate(),
            cosignee_par=pro if cosignee else None,
            cosignee_nom=pro.nom if cosignee else "",
            cosignee_le=timezone.now() if cosignee else None,
            refusee_le=timezone.now() if refusee else None,
            motif="La durée" if refusee else "",
        )
    return partie

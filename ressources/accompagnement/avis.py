"""Mails of the support, of the bilan and of the attestations."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import envoyer


def _ecrire(participation, gabarit, page, cle, **contexte) -> None:
    """To one participant whose account is still open."""
    if participation.personne.is_active:
        envoyer(
            participation.personne.email,
            f"ressources/{gabarit}",
            {
                "nom": participation.nom,
                "projet": participation.projet,
                "page": f"{settings.ADRESSE_PUBLIQUE}{page}",
                **contexte,
            },
            cle=f"{cle}:{participation.pk}",
        )


def _a_l_equipe(accompagnement, gabarit) -> None:
    projet, qui = accompagnement.projet, accompagnement.referent
    nom = qui.get_full_name() if qui else ""
    cle = f"{gabarit}:{accompagnement.pk}"
    for une in projet.presents().select_related("personne", "projet"):
        _ecrire(une, gabarit, projet.get_absolute_url(), cle, referent=nom)


def demande(accompagnement) -> None:
    """Tell every référent that a team waits; the words of the team stay on the page."""
    compte = get_user_model()
    page = f"{settings.ADRESSE_PUBLIQUE}{accompagnement.get_absolute_url()}"
    for un in compte.objects.filter(groups__name=Role.REFERENT_TERRITORIAL, is_active=True):
        envoyer(
            un.email,
            "ressources/accompagnement_demande",
            {"nom": un.get_full_name(), "projet": accompagnement.projet, "page": page},
            cle=f"accompagnement_demande:{accompagnement.pk}:{un.pk}",
        )


def pris(accompagnement) -> None:
    _a_l_equipe(accompagnement, "accompagnement_pris")


def termine(accompagnement) -> None:
    _a_l_equipe(accompagnement, "accompagnement_termine")


def bilan_rendu(bilan, participation) -> None:
    page = participation.projet.get_absolute_url()
    partie = participation.partie_le is not None
    cle = f"bilan:{bilan.pk}:{bilan.revision}"
    moities = [
        (titre, [(str(bilan._meta.get_field(n).verbose_name), getattr(bilan, n)) for n in noms])
        for titre, noms in _moities()
    ]
    _ecrire(participation, "bilan_rendu", page, cle, moities=moities, partie=partie)


def _moities():
    from ressources.accompagnement.bilan import MOITIES

    return MOITIES


def attestation_demandee(une, participation) -> None:
    page = f"{participation.projet.get_absolute_url()}attestations/"
    _ecrire(participation, "attestation_demandee", page, f"attestation:{une.pk}", qui=une.nom)


def _a_la_personne(une, gabarit) -> None:
    """To the one who asked, who may have left since: the page is theirs, not the project's."""
    page = reverse("ressources:mes_attestations")
    _ecrire(une.participation, gabarit, page, f"{gabarit}:{une.pk}")


def attestation_cosignee(une) -> None:
    _a_la_personne(une, "attestation_cosignee")


def attestation_refusee(une) -> None:
    _a_la_personne(une, "attestation_refusee")

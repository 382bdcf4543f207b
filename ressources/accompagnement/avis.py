"""Mails of the support, of the bilan and of the attestations."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.vocabulaires import Territoire


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
    # Told again when the support passes to somebody else, or comes back to them.
    cle = f"{gabarit}:{accompagnement.pk}:{timezone.now():%y%m%d%H%M%S%f}"
    for une in projet.presents().select_related("personne", "projet"):
        _ecrire(une, gabarit, projet.get_absolute_url(), cle, referent=nom)


def demande(accompagnement) -> None:
    """Tell those who may follow it that a team waits; its words stay on the page."""
    page = f"{settings.ADRESSE_PUBLIQUE}{accompagnement.get_absolute_url()}"
    for un in a_prevenir(accompagnement.projet):
        envoyer(
            un.email,
            "ressources/accompagnement_demande",
            {"nom": un.get_full_name(), "projet": accompagnement.projet, "page": page},
            cle=f"accompagnement_demande:{accompagnement.pk}:{un.pk}",
        )


def a_prevenir(projet) -> set:
    """The référents of the territory of the project, all of them where there is none; the Pôle."""
    actifs = get_user_model().objects.filter(is_active=True)
    tous = actifs.filter(groups__name=Role.REFERENT_TERRITORIAL)
    pole = actifs.filter(groups__name__in=Role.d_equipe())
    return {*(set(tous.filter(_couvre(projet))) or tous), *pole}


def _couvre(projet) -> Q:
    """Has a perimetre in force where the project takes place. Nobody, for a project nowhere."""
    structure, fiche = projet.structure, projet.fiche
    lieux = {code for ici in (structure, fiche) if ici for code in ici.departements}
    en_vigueur = Q(perimetres__jusqu_au=None) | Q(perimetres__jusqu_au__gte=timezone.localdate())
    ou = Q(perimetres__groupe__iexact=structure.groupe) if structure and structure.groupe else Q()
    if lieux:
        ou |= Q(perimetres__departements__overlap=[*sorted(lieux), Territoire.REGION])
    return en_vigueur & ou if ou else Q(pk=None)


def pris(accompagnement) -> None:
    _a_l_equipe(accompagnement, "accompagnement_pris")


def confie(accompagnement) -> None:
    """Tell the person to whom the Pôle has handed a team."""
    qui = accompagnement.referent
    envoyer(
        qui.email,
        "ressources/accompagnement_confie",
        {
            "nom": qui.get_full_name(),
            "projet": accompagnement.projet,
            "page": f"{settings.ADRESSE_PUBLIQUE}{accompagnement.get_absolute_url()}",
        },
        cle=f"accompagnement_confie:{accompagnement.pk}:{timezone.now():%y%m%d%H%M%S%f}",
    )


def termine(accompagnement) -> None:
    _a_l_equipe(accompagnement, "accompagnement_termine")


def bilan_a_accepter(bilan, participations) -> None:
    """Ask the other side for its agreement to these very words."""
    for une in participations.select_related("personne", "projet"):
        cle = f"bilan_a_accepter:{bilan.pk}:{bilan.revision}"
        _ecrire(une, "bilan_a_accepter", bilan.get_absolute_url(), cle)


def bilan_rendu(bilan, participation) -> None:
    page = participation.projet.get_absolute_url()
    partie = participation.partie_le is not None
    cle = f"bilan:{bilan.pk}:{bilan.revision}"
    moities = [
        (titre, [(str(bilan._meta.get_field(n).verbose_name), getattr(bilan, n)) for n in noms])
        for titre, noms in _moities()
    ]
    dits = {"moities": moities, "partie": partie, "un_seul_cote": bilan.un_seul_cote}
    _ecrire(participation, "bilan_rendu", page, cle, **dits)


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

"""Mails of a project: come in, sign, validate. Personal links are not shown in the admin."""

from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle.courriel import Courriel, envoyer

INVITATION = "invitation_projet:"


def _absolue(nom: str, *args) -> str:
    return settings.ADRESSE_PUBLIQUE + reverse(nom, args=args)


def inviter(invitation, jeton: str) -> None:
    envoyer(
        invitation.courriel,
        "ressources/invitation_projet",
        {
            "projet": invitation.projet,
            "voix": invitation.get_voix_display().lower(),
            "par": invitation.creee_par,
            "adresse": _absolue("ressources:projet_invitation", jeton),
        },
        cle=f"{INVITATION}{invitation.uuid}",
        confidentiel=True,
    )


def invitations_envoyees(adresse: str, depuis) -> int:
    """How many invitations were mailed there since then, by anybody."""
    envois = Courriel.objects.filter(destinataire__iexact=adresse, cree_le__gt=depuis)
    return envois.filter(cle__startswith=INVITATION).count()


def demander_une_signature(version, participation, jeton: str) -> None:
    envoyer(
        participation.personne.email,
        "ressources/signature_demandee",
        {
            "nom": participation.nom,
            "ecrit": version.ecrit,
            "projet": version.ecrit.projet,
            "version": version,
            "adresse": _absolue("ressources:signer_par_lien", jeton),
        },
        cle=f"signature:{version.pk}:{participation.pk}",
        confidentiel=True,
    )


def releve_a_valider(releve, participation) -> None:
    if participation.personne.is_active:
        envoyer(
            participation.personne.email,
            "ressources/releve_a_valider",
            {
                "nom": participation.nom,
                "projet": releve.projet,
                "releve": releve,
                "corrige": releve.revision > 0,
                "page": settings.ADRESSE_PUBLIQUE + releve.get_absolute_url(),
            },
            cle=f"releve:{releve.pk}:{releve.revision}:{participation.pk}",
        )

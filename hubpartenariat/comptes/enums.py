"""The roles of the hub. Cumulative: one person often holds several."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Each value is the name of a group; its permissions are given in comptes/roles.py."""

    MEMBRE = "membre", "Membre"
    REFERENT_STRUCTURE = "referent_structure", "Référent de structure"
    REFERENT_TERRITORIAL = "referent_territorial", "Référent territorial"
    RELECTEUR_ARS = "relecteur_ars", "Relecteur ARS"
    MODERATEUR = "moderateur", "Modérateur"
    ADMINISTRATEUR = "administrateur", "Administrateur"

    @property
    def description(self) -> str:
        """What the role allows, said to the person who gives it."""
        return DESCRIPTIONS[self]

    @classmethod
    def exigeant_deux_facteurs(cls) -> set[str]:
        return {cls.RELECTEUR_ARS, cls.MODERATEUR, cls.ADMINISTRATEUR}

    @classmethod
    def d_equipe(cls) -> set[str]:
        """Roles that open the administration."""
        return {cls.MODERATEUR, cls.ADMINISTRATEUR}


DESCRIPTIONS = {
    Role.MEMBRE: "Décrit ses démarches et suit leur publication.",
    Role.REFERENT_STRUCTURE: "Représente une structure et tient sa page à jour.",
    Role.REFERENT_TERRITORIAL: "Anime un territoire : voit ce qui y attend une réponse.",
    Role.RELECTEUR_ARS: "Relit pour l’Agence régionale de santé, sans rien modifier.",
    Role.MODERATEUR: "Relit, demande des précisions, publie ou refuse ce qui est proposé.",
    Role.ADMINISTRATEUR: "Gère les comptes et les rôles, en plus de modérer.",
}

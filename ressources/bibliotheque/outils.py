"""The tools that a team fills, as the library lists them."""

from django.urls import NoReverseMatch, reverse

# (name of the address, words), in the order in which a team meets them.
OUTILS = (
    ("ressources:charte", "La charte de partenariat"),
    ("ressources:lettre", "La lettre de mission"),
    ("ressources:fiche_projet", "La fiche projet"),
    ("ressources:check_list", "La check-list à deux voix"),
    ("ressources:barometre", "Le baromètre croisé"),
)


def outils_a_remplir() -> list[dict]:
    """Title and address of those that are open."""
    ouverts = []
    for nom, titre in OUTILS:
        try:
            ouverts.append({"titre": titre, "url": reverse(nom)})
        except NoReverseMatch:
            continue
    return ouverts

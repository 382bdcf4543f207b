"""What the consultations offer to the search of the hub: their propositions, once public."""

from hubpartenariat.socle.indexation import Index, declarer
from hubpartenariat.socle.recherche import Genre, enregistrer

PUBLIQUE = (
    "(SELECT etat FROM consultation_consultation WHERE id = o.consultation_id)"
    " IN ('ouverte', 'close')"
)


def propositions(ids):
    """These rows, in this order, with what their thumbnail shows. One query."""
    from consultation.models import Proposition  # models are not loaded yet

    trouvees = Proposition.objects.select_related("consultation", "theme").in_bulk(ids)
    return [trouvees[pk] for pk in ids if pk in trouvees]


enregistrer(
    Genre(
        code="proposition",
        libelle="Propositions des consultations",
        objets=propositions,
        gabarit="consultation/_trouvee.html",
        liste="consultation:liste",
    )
)

# The index of a proposition is written again when its consultation opens (transitions.py).
INDEX = declarer(
    Index(
        genre="proposition",
        modele="consultation.Proposition",
        condition=PUBLIQUE,
        titre="o.titre",
        date="(SELECT coalesce(ouvre_le, cree_le) FROM consultation_consultation"
        " WHERE id = o.consultation_id)",
        facettes=(),
        textes={
            "A": ("o.titre",),
            "B": ("(SELECT titre FROM consultation_theme WHERE id = o.theme_id)",),
            "C": ("o.texte",),
        },
    )
)

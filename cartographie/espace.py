"""What the map shows in a person's own space."""

from django.urls import reverse

from cartographie.models import Fiche
from hubpartenariat.socle.espace import Carte, attache, en_cours, page
from hubpartenariat.socle.files import file

MONTREES = 5

page("Mes fiches", "cartographie:mes_fiches")
file(
    "fiche à relire",
    "fiches à relire",
    "admin:cartographie_fiche_changelist",
    "cartographie.moderer_fiche",
    lambda: Fiche.objects.en_moderation().count(),
)


@en_cours
def mes_fiches(personne):
    """The fiches that this person writes, those that wait for them first. A few queries."""
    from cartographie.enums import EtatFiche
    from cartographie.views.mes_fiches import prochaine_etape

    fiches = Fiche.objects.with_suite().filter(auteurs=personne).par_urgence()
    liste = reverse("cartographie:mes_fiches")
    for fiche in fiches[:MONTREES]:
        action, url = prochaine_etape(fiche) or ("Voir mes fiches", liste)
        attend = fiche.etat in EtatFiche.modifiables()
        yield Carte(str(fiche), fiche.get_etat_display(), url, action, attend)


@attache
def fiches_sans_autre_auteur(personne):
    """A fiche must keep somebody who can answer for it."""
    nombre = Fiche.objects.filter(auteurs=personne).count()
    if not nombre:
        return None
    mot = "d’une fiche" if nombre == 1 else f"de {nombre} fiches"
    return (
        f"Vous êtes parmi les auteurs {mot}. Supprimez d’abord vos brouillons, puis écrivez à "
        "l’équipe pour confier les autres à quelqu’un ou les retirer de la carte."
    )

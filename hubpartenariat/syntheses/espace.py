"""What the reports show in the space of a reviewer: the editions left to read."""

from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.espace import Carte, en_cours, page
from hubpartenariat.socle.files import file
from hubpartenariat.syntheses.models import LIRE, PUBLIER, Edition, EtatEdition

MONTREES = 3

page("Synthèses et éditions", "syntheses:accueil", lambda personne: personne.has_perm(LIRE))


file(
    "document en échec cette semaine",
    "documents en échec cette semaine",
    "admin:socle_demandedocument_changelist",
    "socle.view_demandedocument",
    lambda: DemandeDocument.objects.echecs_recents().count(),
    "echecs=recents",
)
file(
    "brouillon d’édition à publier ou à jeter",
    "brouillons d’édition à publier ou à jeter",
    "syntheses:accueil",
    PUBLIER,
    lambda: Edition.objects.filter(etat=EtatEdition.BROUILLON).count(),
)


@en_cours
def editions_a_lire(personne):
    """Those that were published and that this reviewer has not marked as read. Two queries."""
    if not personne.has_perm(LIRE):
        return
    editions = Edition.objects.publiees().with_lecture(personne).filter(lue=False).sans_donnees()
    for edition in editions[:MONTREES]:
        yield Carte(str(edition), "Édition à lire", edition.get_absolute_url(), "Lire", attend=True)

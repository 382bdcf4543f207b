"""The document of an edition: its frozen data, hence always the same file."""

from hubpartenariat.socle.documents import genre_de_document
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.rapports.publication import GenrePublication


@genre_de_document
class EditionEnPdf(GenrePublication):
    """``{"edition": uuid}``. Withdrawn editions are not handed out any more."""

    code = "edition"
    fige = True
    publie = True  # those that are open
    se_verifie = (
        "Chaque nombre imprimé ici se lit aussi, avec la même empreinte, à l’adresse ci-dessus, où "
        "les tableaux se téléchargent. Une édition publiée ne change plus."
    )

    def edition(self, parametres):
        from hubpartenariat.syntheses.models import Edition

        return Edition.objects.get(uuid=parametres["edition"])

    def titre(self, parametres):
        return str(self.edition(parametres))

    def nom_fichier(self, parametres):
        edition = self.edition(parametres)
        suite = f"{edition.annee}-{edition.numero or 'brouillon'}"
        return f"{edition.rapport}-{edition.territoire}-{suite}.pdf"

    def autorise(self, personne, parametres):
        from hubpartenariat.syntheses.models import Edition, EtatEdition

        visibles = Edition.objects.visibles_par(personne).exclude(etat=EtatEdition.RETIREE)
        return visibles.filter(uuid=parametres["edition"]).exists()

    def page(self, parametres):
        return self.edition(parametres).get_absolute_url()

    def donnees(self, parametres):
        return self.edition(parametres).donnees

    def telecharge(self, demande, personne):
        consigner(self.edition(demande.parametres), "telecharger", personne)

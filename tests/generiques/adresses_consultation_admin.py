"""How the pages of consultations in the administration are filled."""

PREFIXE = "administration/consultation/consultation/<int:cle>/"


def _consultations(monde, motif):
    for etat, une in monde.parties["consultations"].consultations.items():
        yield etat, {"cle": une.pk}
    yield "absente", {"cle": 999_999}


REMPLISSEURS = {("cle",): _consultations}

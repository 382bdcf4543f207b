"""How the address of a mailed link to sign is filled: true, of a replaced version, forged."""

PREFIXE = "ressources/signer/"


def _jetons(monde, motif):
    for etat, jeton in monde.parties["projets_ecrits"].jetons.items():
        yield etat, {"jeton": jeton}


REMPLISSEURS = {("jeton",): _jetons}

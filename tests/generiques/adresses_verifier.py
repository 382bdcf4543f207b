"""How the address where an attestation is checked is filled: true, not co-signed yet, made up."""

PREFIXE = "ressources/attestations/"


def _codes(monde, motif):
    for etat, une in monde.parties["projets_suivi"].attestations.items():
        yield etat, {"code": une.en_groupes}
    yield "inconnue", {"code": "ABCD-ABCD-ABCD-ABCD-ABCD"}


REMPLISSEURS = {("code",): _codes}

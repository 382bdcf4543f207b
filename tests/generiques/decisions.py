"""How the pages that ask for a decision, in the administration, are filled."""


def remplisseur(lignes, couples):
    """A filler for ``<cle>/decider/<transition>/``.

    ``lignes``: monde -> {state: row}. ``couples``: (state, decision), one of them at least a
    decision that the state forbids, which leads back to the row.
    """

    def remplir(monde, motif):
        de = lignes(monde)
        for etat, decision in couples:
            yield f"{etat}/{decision}", {"cle": de[etat].pk, "transition": decision}
        etat, decision = couples[0]
        yield "absente", {"cle": 999_999, "transition": decision}
        yield "inconnue", {"cle": de[etat].pk, "transition": "ailleurs"}

    return remplir

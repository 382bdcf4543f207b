"""How the addresses of the check-list in projects are filled: see adresses_barometre.py."""

from tests.generiques.adresses_barometre import passages, projets

PREFIXE = "ressources/projets/<uuid:projet>/check-list/"
REMPLISSEURS = {("projet",): projets, ("projet", "passage"): passages("check_list")}

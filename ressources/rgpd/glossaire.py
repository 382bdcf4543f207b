"""The glossary: nothing about anybody."""

from hubpartenariat.socle.registre import declarer, internes
from ressources.models import Terme

declarer(
    Terme,
    internes("id code mot aussi definition source charge_le"),
    finalite="Parler la même langue : rien sur les personnes.",
    conservation="Tant que le hub existe.",
)

"""Does this account write from an address of that structure? Free mail proves nothing."""

import re

from allauth.account.models import EmailAddress

# The name before the suffix: « gmail » stands for gmail.com, gmail.fr…
MESSAGERIES = frozenset(
    [
        "9online",
        "alice",
        "aliceadsl",
        "aol",
        "bbox",
        "caramail",
        "cegetel",
        "club-internet",
        "dbmail",
        "duck",
        "fastmail",
        "free",
        "gmail",
        "gmx",
        "googlemail",
        "guerrillamail",
        "hey",
        "hotmail",
        "hushmail",
        "icloud",
        "ik",
        "infomaniak",
        "jetable",
        "laposte",
        "libertysurf",
        "live",
        "mac",
        "mail",
        "mailfence",
        "mailinator",
        "mailo",
        "me",
        "msn",
        "netcourrier",
        "neuf",
        "noos",
        "numericable",
        "orange",
        "outlook",
        "passport",
        "pm",
        "posteo",
        "proton",
        "protonmail",
        "riseup",
        "rocketmail",
        "sfr",
        "temp-mail",
        "tuta",
        "tutamail",
        "tutanota",
        "voila",
        "wanadoo",
        "yahoo",
        "yandex",
        "ymail",
        "yopmail",
        "zoho",
        "zohomail",
    ]
)
# Suffixes under which anybody registers a name: they prove nothing by themselves.
PARTAGES = frozenset(
    [
        "asso.fr",
        "blogspot.com",
        "co.uk",
        "com.fr",
        "e-monsite.com",
        "eu.org",
        "fr.eu.org",
        "github.io",
        "gouv.fr",
        "mssante.fr",
        "nom.fr",
        "org.uk",
        "prd.fr",
        "tm.fr",
        "wixsite.com",
        "wordpress.com",
    ]
)
SECONDS_NIVEAUX = {"co", "com", "org", "net"}
_DOMAINE = re.compile(r"(?=.{4,120}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]{1,63})+")


def normaliser(domaine: str) -> str:
    """« @APHP.fr » and « https://aphp.fr » are « aphp.fr »."""
    texte = re.sub(r"^[a-z]+://", "", domaine.replace("\x00", "").strip().lower())
    return texte.split("/")[0].rpartition("@")[2].removeprefix("www.").strip(". ")


def raison_de_refuser(domaine: str) -> str | None:
    """Why this end of address cannot prove that somebody belongs to a structure."""
    if not _DOMAINE.fullmatch(domaine):
        return f"« {domaine[:60]} » n’est pas une fin d’adresse. Exemple : hopital-exemple.fr."
    if domaine in PARTAGES or est_une_messagerie(domaine):
        return f"« {domaine[:60]} » sert à beaucoup de monde : ce n’est pas une preuve."
    return None


def est_une_messagerie(domaine: str) -> bool:
    """By the name that was registered: ``gmail.com``, ``yahoo.co.uk``, ``x.gmail.com``."""
    noms = domaine.split(".")[:-1]
    while len(noms) > 1 and noms[-1] in SECONDS_NIVEAUX:
        noms.pop()
    return bool(noms) and noms[-1] in MESSAGERIES


def adresses_verifiees(personne) -> list[str]:
    """Addresses that this person proved to read. One query."""
    return [
        adresse.lower()
        for adresse in EmailAddress.objects.filter(user=personne, verified=True).values_list(
            "email", flat=True
        )
    ]


def prouve(structure, personne) -> bool:
    """Is one of the verified addresses under one of the domains of the structure?"""
    attendus = [d for d in structure.domaines_courriel if raison_de_refuser(d) is None]
    if not attendus:
        return False
    for adresse in adresses_verifiees(personne):
        domaine = adresse.rpartition("@")[2]
        if est_une_messagerie(domaine):
            continue
        if any(domaine == d or domaine.endswith(f".{d}") for d in attendus):
            return True
    return False

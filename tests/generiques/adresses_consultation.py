"""How the addresses of the consultations are filled: every state, a secret, what is not there.

Nobody holds a cookie here: the pages of an answer are 404 for all, whatever the role.
"""

from consultation.saisie import PRIORITES
from consultation.suites import lien_de_desinscription


def _slugs(monde, motif):
    for etat, consultation in monde.parties["consultations"].consultations.items():
        yield etat, {"slug": consultation.slug}
    yield "absente", {"slug": "n-existe-pas"}


def _propositions(monde, motif):
    for etat, consultation in monde.parties["consultations"].consultations.items():
        yield etat, {"slug": consultation.slug, "code": "A"}
    yield "close/inconnue", {"slug": "close", "code": "zz"}
    yield "absente", {"slug": "n-existe-pas", "code": "A"}


def _pages(monde, motif):
    yield "ouverte", {"slug": "ouverte", "code": PRIORITES}
    yield "absente", {"slug": "n-existe-pas", "code": PRIORITES}


def _apercus(monde, motif):
    for etat, consultation in monde.parties["consultations"].consultations.items():
        yield etat, {"slug": consultation.slug, "code": "cadre"}
    yield "ouverte/inconnue", {"slug": "ouverte", "code": "zz"}
    yield "absente", {"slug": "n-existe-pas", "code": "cadre"}


def _formats(monde, motif):
    for etat, consultation in monde.parties["consultations"].consultations.items():
        for ext in ("json", "csv", "exe"):
            yield f"{etat}/{ext}", {"slug": consultation.slug, "ext": ext}
    yield "absente", {"slug": "n-existe-pas", "ext": "json"}


def _desinscriptions(monde, motif):
    for consultation in monde.parties["consultations"].consultations.values():
        for abonnement in consultation.abonnements.all():
            jeton = lien_de_desinscription(abonnement).rstrip("/").rsplit("/", 1)[1]
            yield consultation.slug, {"slug": consultation.slug, "jeton": jeton}
    yield "forge", {"slug": "ouverte", "jeton": "n-importe-quoi"}


def _liens(monde, motif):
    for etat, secret in monde.parties["consultations"].secrets.items():
        yield etat, {"slug": etat, "secret": secret}
    yield "forge", {"slug": "ouverte", "secret": "n-importe-quoi"}


PREFIXE = "consultations/"
_PAR_SLUG = (
    *("consultation", "entree", "relecture", "envoyer", "effacer", "quitter", "papier"),
    *("recevoir_le_lien", "s_abonner", "resultats", "suites", "apercu"),
)
REMPLISSEURS = {
    **{(f"consultation:{nom}", "slug"): _slugs for nom in _PAR_SLUG},
    ("consultation:proposition", "slug", "code"): _propositions,
    ("consultation:page", "slug", "code"): _pages,
    ("consultation:apercu_page", "slug", "code"): _apercus,
    ("consultation:resultats_format", "slug", "ext"): _formats,
    ("consultation:lien", "slug", "secret"): _liens,
    ("consultation:ne_plus_suivre", "slug", "jeton"): _desinscriptions,
}

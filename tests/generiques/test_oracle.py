"""A page may tell without showing: sorting, searching or counting by what is private.

Each parameter that a view reads, and each column that the lists of the admin could be filtered by,
receives a real private word, then a false one: the answers are the same for who may not read it.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField

from hubpartenariat.socle import registre
from tests.generiques.adresses import adresses
from tests.generiques.marqueurs.lire import texte_de
from tests.generiques.marqueurs.poser import marquable, poser
from tests.outils import bilan, espion

pytestmark = pytest.mark.django_db

FAUX = "zzzz"
REGARDS = ("visiteur", "membre", "equipe", "moderateur")


@pytest.fixture(scope="module")
def marques(monde):
    return poser()


def mots_interdits(marques, role, compte) -> list[str]:
    """One word of each private field that this person may not read."""
    par_champ = {}
    for mot, marque in marques.par_mot.items():
        if marque.etiquette not in par_champ and not marques.permis(mot, role, compte):
            par_champ[marque.etiquette] = mot
    return list(par_champ.values())


def reponse_a(monde, role, chemin, parametre, mot) -> tuple[int, str]:
    reponse = monde.client(role).get(chemin, {parametre: f"zq{mot}zq"})
    texte = texte_de(reponse, chemin) if reponse.status_code == 200 else ""
    return reponse.status_code, _sans_hasard(texte.replace(f"zq{mot}zq", "MOT"))


# Tokens and clocks: what differs between two readings of the same page.
HASARD = re.compile(
    r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]*"'
    r"|csrftoken=[^;]+|[Ee]xpires[=:][^;\n]+|<updated>[^<]+"
)


def _sans_hasard(texte: str) -> str:
    return HASARD.sub("", texte)


def parametres_lus(monde, role, chemin) -> tuple[set[str], bool]:
    """What the view looks up in the address, and whether this role obtains the page."""
    espion.oublier()
    with espion.espionner():
        statut = monde.client(role).get(chemin).status_code
        lus = set(espion.lus()[0])
    return {nom for nom in lus if nom.isidentifier() and nom != "page"}, statut == 200


def test_no_parameter_answers_otherwise_for_a_private_word(monde, marques):
    vus, essais, oracles = set(), 0, []
    interdits = {r: mots_interdits(marques, r, monde.personnes[r]) for r in REGARDS}
    for adresse in adresses(monde):
        if adresse.motif.nom in vus or adresse.motif.est_admin or "logout" in adresse.nom:
            continue
        for role in REGARDS:
            parametres, obtenue = parametres_lus(monde, role, adresse.chemin)
            if not obtenue:
                continue
            vus.add(adresse.motif.nom)
            for parametre in sorted(parametres):
                temoin = reponse_a(monde, role, adresse.chemin, parametre, FAUX)
                for mot in interdits[role]:
                    essais += 1
                    if reponse_a(monde, role, adresse.chemin, parametre, mot) != temoin:
                        oracles.append(
                            f"{adresse.nom}?{parametre} as {role}: {marques.par_mot[mot]}"
                        )
            break
    bilan.dire(f"oracle: {essais} pairs of answers on {len(vus)} addresses")
    assert essais > 300
    assert not oracles, "\n".join(oracles)


def listes_admin():
    return [
        (modele, declaration)
        for modele in admin.site._registry
        if (declaration := registre.declaration_de(modele))
    ]


def test_lists_of_the_admin_cannot_be_filtered_by_what_they_do_not_show(monde, marques):
    """Django lets any column of a model be asked for in the address: ours do not."""
    oracles, essais = [], 0
    moderateur = monde.personnes["moderateur"]
    for modele, declaration in listes_admin():
        chemin = f"/administration/{modele._meta.app_label}/{modele._meta.model_name}/"
        if monde.client("moderateur").get(chemin).status_code != 200:
            continue
        for mot in mots_interdits(marques, "moderateur", moderateur):
            marque = marques.par_mot[mot]
            if marque.declaration is not declaration:
                continue
            champ = modele._meta.get_field(marque.champ)
            suffixe = "contains" if isinstance(champ, ArrayField) else "icontains"
            for parametre in ("q", f"{marque.champ}__{suffixe}", f"{marque.champ}__in"):
                essais += 1
                vrai = reponse_a(monde, "moderateur", chemin, parametre, mot)
                if vrai != reponse_a(monde, "moderateur", chemin, parametre, FAUX):
                    oracles.append(f"{chemin}?{parametre}: {marque}")
    bilan.dire(f"oracle of the admin: {essais} pairs of answers")
    assert essais > 10
    assert not oracles, "\n".join(oracles)


def test_a_choice_that_can_reveal_an_illness_is_no_filter_either(monde):
    """Choices hold no word: the address that filters by them is refused."""
    client = monde.client("moderateur")
    for modele, declaration in listes_admin():
        chemin = f"/administration/{modele._meta.app_label}/{modele._meta.model_name}/"
        if client.get(chemin).status_code != 200:
            continue
        for nom, groupe in declaration.par_champ.items():
            fixe = not callable(groupe.cercles)
            ouvert = fixe and {"moderation", "tous", "membres"} & {c.value for c in groupe.cercles}
            prive = groupe.classe in ("personnelle", "sante") and not ouvert
            if prive and not marquable(modele._meta.get_field(nom)):
                reponse = client.get(chemin, {f"{nom}__isnull": "False"})
                assert reponse.status_code in (302, 400), f"{chemin}?{nom}"

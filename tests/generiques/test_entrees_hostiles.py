"""Hostile values in every parameter that a view reads, for every role: never a 500.

Random requests miss what a systematic run finds (finding F11): here each view is first asked which
parameters it reads (outils/espion.py), then each of them receives every value of
outils/hostiles.py. An answer comes within two seconds, sends nobody elsewhere, shows no markup
that was typed, and an answer that refuses has written nothing.

One request carries a value for each parameter, shifted by one at the next request: after as many
requests as there are values, each parameter has received each value. The values that most often
reach a database are tried again one parameter at a time.
"""

import itertools
import re
import time
from urllib.parse import quote_plus, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from tests.generiques.adresses import adresses, motifs
from tests.outils import bilan, espion, hostiles, tables
from tests.outils.controle import est_une_page

pytestmark = pytest.mark.django_db

FORMULAIRE = "application/x-www-form-urlencoded"
DELAI = 2.0
ADRESSE_MAXIMALE = 8_190  # characters of a request line: gunicorn refuses longer ones itself
MOTIFS = {motif.nom: motif for motif in motifs()}
ROLES = ("visiteur", "membre", "auteur", "relecteur", "moderateur", "administrateur")
EQUIPE = ("membre", "moderateur", "administrateur")  # in the administration, where others stop
ETATS_PAR_MOTIF = 2
# A section saves what is valid and keeps the rest as typed: its 422 is an acknowledged save.
ENREGISTRE_AVEC_ERREURS = {"cartographie:section"}
# These say 200 and act: a JSON answer of the autosave, a page shown once after it was made.
AGIT_EN_200 = {"mfa_generate_recovery_codes"}
METHODES = ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "MARTIEN")


class Compte:
    """How much was tried, for the report and for the floor under it."""

    entrees = 0
    requetes = 0
    motifs: set[str] = set()
    parametres: set[tuple[str, str]] = set()


@pytest.fixture(scope="module", autouse=True)
def _espion():
    with espion.espionner():
        yield


@pytest.fixture(scope="module")
def avant(monde):
    """Fingerprints of the tables before any hostile value."""
    return tables.empreintes()


class Attaque:
    """One role in front of one address."""

    def __init__(self, monde, avant, motif, role):
        self.monde, self.avant, self.motif, self.role = monde, avant, motif, role

    def demander(self, methode, chemin, *, corps=b"", genre=FORMULAIRE, requete="", **entetes):
        """Send, check the answer, undo. ``corps`` and ``requete`` are sent as they are."""
        requete = requete[:ADRESSE_MAXIMALE]
        client = self.monde.client(self.role, raise_request_exception=True)
        Compte.requetes += 1
        ici = f"{methode} {chemin[:200]}?{requete[:300]} {corps[:300]!r} as {self.role}"
        for essai in (1, 2, 3):
            depart = time.process_time()  # a busy machine slows the clock, not this
            with tables.ecritures() as ecrites, transaction.atomic():
                try:
                    reponse = client.generic(
                        methode, chemin, corps, genre, QUERY_STRING=requete, headers=entetes
                    )
                except Exception as erreur:
                    raise AssertionError(f"{ici}: {type(erreur).__name__}: {erreur}") from erreur
                duree = time.process_time() - depart
                self.verifier(methode, reponse, ecrites, ici)
                transaction.set_rollback(True)
            if duree < DELAI:
                break
            assert essai < 3, f"{ici}: {duree:.1f} s of processor"
        return reponse

    def verifier(self, methode, reponse, ecrites, ici):
        assert reponse.status_code < 500, f"{ici}: {reponse.status_code}"
        cible = urlsplit(reponse.get("Location", ""))
        assert hostiles.PIRATE not in cible.netloc and not cible.path.startswith(("//", "/\\")), (
            f"{ici}: sends to {reponse['Location']}"
        )
        assert "X-Pirate" not in reponse.headers, f"{ici}: header injected"
        if est_une_page(reponse):
            html = reponse.content.decode()
            assert hostiles.SVG not in html, f"{ici}: markup shown as it was typed"
            assert "<script>alert(7)" not in html, f"{ici}: script shown as it was typed"
            assert hostiles.RESULTAT not in html, f"{ici}: template code was run"
        refuse = 400 <= reponse.status_code < 500 or (
            methode == "POST" and reponse.status_code == 200 and est_une_page(reponse)
        )
        if reponse.status_code == 422 and self.motif.nom in ENREGISTRE_AVEC_ERREURS:
            return
        if refuse and ecrites and self.motif.nom not in AGIT_EN_200:
            apres = tables.empreintes()
            changees = [nom for nom, une in apres.items() if une != self.avant[nom]]
            assert not changees, f"{ici}: {reponse.status_code} but wrote in {changees}: {ecrites}"

    # --- What does the view read? ---------------------------------------------------------
    def explorer(self, chemin):
        """(names read in the address, {names read in the body: values}, open to this role).

        Names come from the view itself (what it looks up) and from its page (links and forms);
        they are sent until nothing new is looked up, and only what is looked up is kept.
        """
        espion.oublier()
        reponse = self.demander("GET", chemin)
        noms, posts = set(), {}
        if est_une_page(reponse) and reponse.status_code == 200:
            formulaires, noms = espion.lire_la_page(reponse.content.decode())
            for formulaire in formulaires:
                if (urlsplit(formulaire.action).path or chemin) != chemin:
                    continue
                if formulaire.methode == "post":
                    posts |= formulaire.valeurs
                else:
                    noms |= set(formulaire.valeurs)
        for _ in range(3):
            essayes = noms | espion.lus()[0]
            self.demander("GET", chemin, requete="&".join(f"{quote_plus(n)}=1" for n in essayes))
            if espion.lus()[0] <= essayes:
                break
        ouverte = reponse.status_code in (200, 405)
        if ouverte:
            for _ in range(2):
                espion.EspionPost.lus.clear()
                self.demander("POST", chemin, corps=encoder(posts).encode())
                posts = {nom: ["1"] for nom in espion.lus()[1]} | posts
        lus = espion.lus()
        return sorted(lus[0]), posts, {nom for nom in posts if nom in lus[1]}, ouverte

    # --- Feeding --------------------------------------------------------------------------
    def nourrir_adresse(self, chemin, noms):
        # What is not read cannot harm: a view that reads nothing sees one value in eight.
        for decalage in range(0, len(hostiles.VALEURS), 1 if noms else 8):
            self.compter(len(noms))
            self.demander("GET", chemin, requete=decalees(noms, decalage, longueur=1_500))
        seules = hostiles.DANGEREUSES[: 8 if len(noms) <= 8 else 3]
        for nom, valeur in itertools.product(noms, seules):
            self.compter(1)
            texte = f"{quote_plus(nom)}={hostiles.VALEURS[valeur]}"
            self.demander("GET", chemin, requete=texte)
        repetes = noms[:12]
        if repetes:
            fois = hostiles.REPETITIONS // len(repetes)
            self.compter(len(repetes))
            texte = "&".join(f"{quote_plus(nom)}=75" for nom in repetes for _ in range(fois))
            self.demander("GET", chemin, requete=texte)
        for nom in noms[:4]:
            self.compter(1)
            texte = "&".join([f"{quote_plus(nom)}=75"] * 600)  # more than Django accepts
            self.demander("GET", chemin, requete=texte)

    def nourrir_formulaire(self, chemin, base, noms):
        noms = sorted(noms)
        for decalage in range(len(hostiles.VALEURS)):
            self.compter(len(noms))
            self.demander("POST", chemin, corps=decalees(noms, decalage).encode())
        seules = hostiles.DANGEREUSES[: 5 if len(noms) <= 12 else 1]
        for nom, valeur in itertools.product(noms, seules):
            self.compter(1)
            autres = encoder({un: valeurs for un, valeurs in base.items() if un != nom})
            texte = f"{quote_plus(nom)}={hostiles.VALEURS[valeur]}&{autres}"
            self.demander("POST", chemin, corps=texte.encode())
        for nom in noms[:6]:
            self.compter(1)
            autres = encoder({un: valeurs for un, valeurs in base.items() if un != nom})
            repete = "&".join([f"{quote_plus(nom)}=1"] * hostiles.REPETITIONS)
            self.demander("POST", chemin, corps=f"{autres}&{repete}".encode())

    def nourrir_corps(self, chemin):
        for genre, corps in hostiles.CORPS.values():
            self.compter(1)
            self.demander("POST", chemin, corps=corps, genre=genre)
        for methode in METHODES:
            self.compter(1)
            self.demander(methode, chemin, corps=b'{"a": ', genre="application/json")

    def compter(self, nombre):
        Compte.entrees += nombre


def encoder(valeurs: dict[str, list[str]]) -> str:
    return "&".join(
        f"{quote_plus(nom)}={quote_plus(valeur)}"
        for nom, plusieurs in valeurs.items()
        for valeur in plusieurs
    )


def decalees(noms, decalage, *, longueur: int = hostiles.LONG) -> str:
    """Every parameter with one hostile value, each a different one, cut at ``longueur``."""
    valeurs = [valeur[:longueur] for valeur in hostiles.VALEURS.values()]
    suite = [
        f"{quote_plus(nom)}={valeurs[(rang + decalage) % len(valeurs)]}"
        for rang, nom in enumerate(noms)
    ]
    return "&".join([*suite, f"inconnu={valeurs[decalage]}"])


@pytest.mark.parametrize("nom", MOTIFS)
def test_every_parameter_read_receives_every_hostile_value(monde, avant, nom):
    """One address pattern, every role: what each role makes the view read is fed."""
    Compte.motifs.add(nom)
    motif = MOTIFS[nom]
    vues: set = set()
    corps_nourris: set = set()
    for role in EQUIPE if motif.est_admin else ROLES:
        attaque = Attaque(monde, avant, motif, role)
        restants = ETATS_PAR_MOTIF
        for adresse in LES_ADRESSES(monde).get(nom, []):
            noms, base, posts, ouverte = attaque.explorer(adresse.chemin)
            signature = (frozenset(noms), frozenset(posts), ouverte)
            if signature in vues or not restants:
                continue
            vues.add(signature)
            restants -= 1
            Compte.parametres |= {(nom, "GET " + n) for n in noms} | {(nom, n) for n in posts}
            attaque.nourrir_adresse(adresse.chemin, noms)
            if posts:
                attaque.nourrir_formulaire(adresse.chemin, base, posts)
            if ouverte not in corps_nourris:  # once where it is open, once where it is not
                corps_nourris.add(ouverte)
                attaque.nourrir_corps(adresse.chemin)


def LES_ADRESSES(monde, _memoire={}):  # noqa: N802, B006 — computed once for the world
    if _memoire.get("monde") is not monde:
        par_motif: dict = {}
        for adresse in adresses(monde):
            par_motif.setdefault(adresse.motif.nom, []).append(adresse)
        _memoire.update(monde=monde, par_motif=par_motif)
    return _memoire["par_motif"]


AVEC_PARAMETRES = [nom for nom, motif in MOTIFS.items() if motif.parametres]


@pytest.mark.parametrize("nom", AVEC_PARAMETRES)
def test_every_part_of_an_address_receives_every_hostile_value(monde, avant, nom):
    """Keys, slugs, tokens, extensions: each is replaced by what nobody should send."""
    motif = MOTIFS[nom]
    adresse = LES_ADRESSES(monde)[nom][0]
    for role in ("administrateur",) if motif.est_admin else ("visiteur", "auteur"):
        attaque = Attaque(monde, avant, motif, role)
        morceaux = [m for m in re.split(r"([^/.]+)", adresse.chemin) if m]
        gabarit = [m for m in re.split(r"([^/.]+)", motif.route) if m]
        for rang, segment in enumerate(morceaux):
            fixe = segment in gabarit or segment in ("/", ".")
            if fixe:
                continue
            for hostile in hostiles.SEGMENTS:
                Compte.entrees += 1
                chemin = "".join([*morceaux[:rang], hostile, *morceaux[rang + 1 :]])
                for methode in ("GET", "POST") if role == "auteur" else ("GET",):
                    attaque.demander(methode, chemin)


ENTETES = {
    "Accept-Language": ["\xff\xfe", "x" * 20_000, "fr;q=NaN,*;q=1e999", ",;=,"],
    "Accept-Encoding": ["gzip;q=NaN", "x" * 20_000],
    "Accept": ["*/*;q=", "application/json;charset=\xff"],
    "Referer": ["javascript:alert(7)", f"https://{hostiles.PIRATE}/", "http://[::1", "x" * 20_000],
    "Origin": ["null", "http://[", f"https://{hostiles.PIRATE}"],
    "X-Forwarded-For": ["1.2.3", "\xe9", "," * 500, "::ffff:999.1.1.1", "a" * 5000],
    "X-Forwarded-Proto": ["ftp", "\x7f"],
    "X-Enregistrement": ["automatique", "automatique\xe9"],
    "If-None-Match": ['"', "W/", "*" * 500, '"\xe9"'],
    "If-Modified-Since": ["Thu, 99 Feb 99999 99:99:99 GMT", "\xe9"],
    "Range": ["bytes=-1", "bytes=99999999999999999999-0", "octets=1"],
    "User-Agent": ["", hostiles.SVG, "\xff" * 100],
    "Cookie": [
        "session_hub=" + "a" * 4000,
        "session_hub=../../etc/passwd",
        "session_hub=%00\x01; csrftoken=\xff; messages=a$[[b",
        "messages=x; =; ;;session_hub",
        "csrftoken=" + "é" * 32,
    ],
    "Host": ["", "a b", "127.0.0.1:99999999", "pirate.example", "[::1", "x" * 5000],
}


@pytest.mark.parametrize("nom", ENTETES)
def test_hostile_headers(monde, avant, nom):
    """Headers and cookies that no browser sends, on pages that read them."""
    chemins = ["/", "/cartographie/", "/mon-espace/", "/comptes/login/", "/administration/",
               "/cartographie/fiches.json", "/n-existe-pas/"]  # fmt: skip
    attaque = Attaque(monde, avant, MOTIFS["accueil"], "visiteur")
    for chemin, valeur in itertools.product(chemins, ENTETES[nom]):
        for methode in ("GET", "POST"):
            Compte.entrees += 1
            latin = valeur.encode("utf-8").decode("latin-1")
            attaque.demander(methode, chemin, **{nom: latin})


def test_files_of_every_kind_in_every_form_that_takes_one(monde, avant):
    """Empty, binary, false spreadsheets, wrong encodings: a form error, nothing written."""
    trouves = 0
    for par_motif in LES_ADRESSES(monde).values():
        adresse = par_motif[0]
        for role in ("auteur", "administrateur"):
            attaque = Attaque(monde, avant, adresse.motif, role)
            reponse = attaque.demander("GET", adresse.chemin)
            if reponse.status_code != 200 or not est_une_page(reponse):
                continue
            for formulaire in espion.lire_la_page(reponse.content.decode())[0]:
                for nom in formulaire.fichiers:
                    trouves += 1
                    attaque_par_fichier(attaque, adresse.chemin, formulaire, nom)
    assert trouves >= FORMULAIRES_A_FICHIER


FORMULAIRES_A_FICHIER = 1


def attaque_par_fichier(attaque, chemin, formulaire, champ):
    chemin = formulaire.action or chemin
    for nom, contenu in hostiles.FICHIERS.values():
        for genre_de_format in ("0", "1", "99", ""):
            Compte.entrees += 1
            valeurs = formulaire.valeurs | {"format": [genre_de_format]}
            lignes = "".join(
                f'--x\r\nContent-Disposition: form-data; name="{cle}"\r\n\r\n{valeur}\r\n'
                for cle, plusieurs in valeurs.items()
                for valeur in plusieurs
            )
            entete = f'--x\r\nContent-Disposition: form-data; name="{champ}"; filename="{nom}"'
            corps = f"{lignes}{entete}\r\n\r\n".encode() + contenu + b"\r\n--x--\r\n"
            attaque.demander("POST", chemin, corps=corps, genre="multipart/form-data; boundary=x")


def test_enough_was_tried(monde, request):
    """The floor under the run, when the whole file was run."""
    bilan.dire(
        f"{Compte.entrees} hostile inputs, {Compte.requetes} requests, "
        f"{len(Compte.motifs)} address patterns, {len(Compte.parametres)} parameters read"
    )
    if Compte.motifs != set(MOTIFS):
        pytest.skip("only part of the addresses was tried")
    assert Compte.entrees >= 10_000
    assert len(Compte.parametres) >= 100


def test_the_spy_sees_what_is_read():
    """Were the recording to break, nothing would be fed: it is tried on known views."""
    with espion.espionner():
        espion.oublier()
        Client().get("/territoire/communes.json")
        assert "q" in espion.lus()[0]
        espion.oublier()
        Client().post("/comptes/login/", "login=a", content_type=FORMULAIRE)
        assert {"login", "password"} <= espion.lus()[1]

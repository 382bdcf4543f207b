"""Which column of a file of answers is which question, and which words mean which code.

Columns are known by their place; a file with several header rows gives each column several names
(see ``Colonnes``). The rules are a TOML file: see docs/importer_des_reponses.md.
"""

import re
import tomllib
import unicodedata
from pathlib import Path

from consultation import questionnaires
from consultation.questionnaires import NSP, NSP_LIBELLE

SANS_AVIS = [
    {"code": NSP, "libelle": dit}
    for dit in (NSP, NSP_LIBELLE, "Sans avis", "Je ne sais pas", "Ne sait pas", "NSP")
]
COCHEE = {"y", "yes", "o", "oui", "x", "1", "true", "vrai", "coche", "selected", "checked"}
NON_COCHEE = {"", "n", "no", "non", "0", "false", "faux", "non coche", "not selected", "-"}
RUBRIQUES = {"fichier", "avis", "profil", "priorites", "remarques", "valeurs"}


class FichierIllisible(Exception):
    """The file or the correspondence cannot be used at all. ``str()`` says why, in French."""


def normal(texte: str) -> str:
    """Words compared without case, accents, kinds of apostrophes and spaces, nor end stops."""
    texte = unicodedata.normalize("NFKD", str(texte)).replace("’", "'")
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    return re.sub(r"[\s_]+", " ", texte).strip(" .…").casefold()


def lire_la_correspondance(chemin: Path) -> dict:
    try:
        toml = tomllib.loads(chemin.read_text(encoding="utf-8"))
    except OSError as erreur:
        raise FichierIllisible(f"La correspondance ne s’ouvre pas : {erreur.strerror}.") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise FichierIllisible(f"La correspondance n’est pas lisible : {erreur}.") from erreur
    if inconnues := set(toml) - RUBRIQUES:
        raise FichierIllisible(f"Rubrique inconnue : [{sorted(inconnues)[0]}].")
    for nom in toml:
        if not isinstance(toml[nom], dict):
            raise FichierIllisible(f"« {nom} » s’écrit comme une rubrique : [{nom}].")
    return toml


def lignes_d_entete(toml: dict) -> int:
    """How many rows hold the names of the columns: 1 unless ``[fichier] entete`` says more."""
    nombre = toml.get("fichier", {}).get("entete", 1)
    if not isinstance(nombre, int) or not 1 <= nombre <= 5:
        raise FichierIllisible("[fichier] entete : un nombre de lignes, de 1 à 5.")
    return nombre


class Colonnes:
    """The columns by their names.

    In a file of several header rows a word stands over its column and over those on its right
    until the next word of its row: a column answers to its last words alone, to these after the
    words above them, and to all of them (« P1 Former Pertinence »).
    """

    def __init__(self, entetes: list[list[str]]):
        self.nombre = max(map(len, entetes), default=0)
        self.places: dict[str, list[int]] = {}
        self.dernieres = [
            next((r[i] for r in reversed(entetes) if i < len(r) and r[i].strip()), "")
            for i in range(self.nombre)
        ]
        courantes = [""] * (len(entetes) - 1)
        for i, derniere in enumerate(self.dernieres):
            for rang, entete in enumerate(entetes[:-1]):
                if i < len(entete) and entete[i].strip():
                    courantes[rang:] = [entete[i]] + [""] * (len(courantes) - rang - 1)
            for debut in range(len(entetes)):
                mots = [m for m in courantes[debut:] if m.strip() and m != derniere]
                nom = normal(" ".join([*mots, derniere]))
                if i not in self.places.setdefault(nom, []):
                    self.places[nom].append(i)

    def chercher(self, nom: str) -> int | None:
        """The place of the column of this name, or None. Refuses when several have it."""
        places = self.places.get(normal(nom), [])
        if len(places) > 1:
            raise FichierIllisible(f"Plusieurs colonnes portent le nom « {nom} ».")
        return places[0] if places else None

    def place(self, nom: str, ou: str) -> int:
        trouvee = self.chercher(nom)
        if trouvee is None:
            raise FichierIllisible(f"{ou} : le fichier n’a pas de colonne « {nom} ».")
        return trouvee


class Correspondance:
    """Which column answers which question, and which words mean which code."""

    def __init__(self, toml: dict, contenu: dict, colonnes: Colonnes):
        self.contenu, self.colonnes = contenu, colonnes
        self.propositions = questionnaires.propositions(contenu)
        cle = toml.get("fichier", {}).get("cle")
        self.cle = None if cle is None else colonnes.place(cle, "[fichier] cle")
        self.avis = self._avis(toml.get("avis", {}))
        self.profil = self._par_code(toml, "profil")
        for code in self.profil:
            if questionnaires.question(contenu, code) is None:
                raise FichierIllisible(f"[profil] {code} : cette question n’existe pas.")
        self.remarques = self._par_code(toml, "remarques")
        codes = {p["code"] for p in self.propositions}
        if fausses := set(self.remarques) - codes - {"ensemble"}:
            raise FichierIllisible(f"[remarques] {sorted(fausses)[0]} : proposition inconnue.")
        priorites = toml.get("priorites", {})
        noms = priorites.get("colonnes", [priorites["colonne"]] if "colonne" in priorites else [])
        self.priorites = [colonnes.place(nom, "[priorites]") for nom in noms]
        self.cases = self._cases(priorites.get("modele"))
        self.separateur = priorites.get("separateur", ";")
        self.valeurs = {normal(k): str(v) for k, v in toml.get("valeurs", {}).items()}

    def _par_code(self, toml: dict, rubrique: str) -> dict[str, int]:
        return {
            code: self.colonnes.place(nom, f"[{rubrique}] {code}")
            for code, nom in toml.get(rubrique, {}).items()
        }

    def _avis(self, rubrique: dict) -> dict[tuple[str, str], int]:
        """By ``modele``, a pattern of column names, or column by column ("P1.pertinence")."""
        trouvees = {}
        echelles = {e["code"]: e for e in self.contenu["echelles"]}
        propositions = {p["code"]: p for p in self.propositions}
        if modele := rubrique.get("modele"):
            for code, p in propositions.items():
                for nom, e in echelles.items():
                    place = self.colonnes.chercher(_remplir(modele, p, e))
                    if place is not None:
                        trouvees[code, nom] = place
        for cle, colonne in rubrique.items():
            if cle == "modele":
                continue
            code, _, nom = cle.partition(".")
            if code not in propositions or nom not in echelles:
                raise FichierIllisible(f"[avis] « {cle} » : proposition ou échelle inconnue.")
            trouvees[code, nom] = self.colonnes.place(colonne, f"[avis] {cle}")
        if not trouvees:
            raise FichierIllisible("Aucune colonne du fichier ne donne d’avis : voyez [avis].")
        return trouvees

    def _cases(self, modele: str | None) -> dict[str, int]:
        """Priorities as one column per proposition, ticked or not."""
        if not modele:
            return {}
        cases = {p["code"]: self.colonnes.chercher(_remplir(modele, p)) for p in self.propositions}
        trouvees = {code: place for code, place in cases.items() if place is not None}
        if not trouvees:
            raise FichierIllisible("[priorites] modele : aucune colonne du fichier n’y répond.")
        return trouvees

    # --- Words to codes ------------------------------------------------------------------
    def code(self, saisi: str, choix: list[dict]) -> str | None:
        """The code of an answer given by its code, its label or a synonym; None when unknown."""
        dit = normal(saisi)
        dit = normal(self.valeurs.get(dit, dit))
        for un in choix:
            if dit in (normal(un["code"]), normal(un["libelle"])):
                return un["code"]
        return None

    def cochee(self, saisi: str) -> bool | None:
        """Whether a box of one column per proposition is ticked; None when nothing says it."""
        dit = normal(saisi)
        dit = normal(self.valeurs.get(dit, dit))
        return True if dit in COCHEE else False if dit in NON_COCHEE else None

    def proposition(self, saisi: str) -> str | None:
        """A priority by its code, its title, or both (« P1 Élaborer… »)."""
        dit = normal(saisi)
        if exacte := self._exacte(dit):
            return exacte
        for p in self.propositions:
            if re.match(rf"{re.escape(normal(p['code']))}\b", dit):
                return p["code"]
        return None

    def _exacte(self, dit: str) -> str | None:
        for p in self.propositions:
            code, titre = normal(p["code"]), normal(p["titre"])
            if dit in (code, titre) or re.fullmatch(
                rf"{re.escape(code)}[ .:)–-]*{re.escape(titre)}", dit
            ):
                return p["code"]
        return None

    def plusieurs_propositions(self, saisi: str) -> list[tuple[str, str | None]]:
        """(words, code or None) of each priority of one cell.

        The separator may stand inside a title: the longest words that are a known title come
        first, then what lies before the next separator.
        """
        morceaux, trouvees = saisi.split(self.separateur), []
        while morceaux:
            longueur, code = self._plus_longue(morceaux)
            mots = self.separateur.join(morceaux[:longueur]).strip()
            if mots:
                trouvees.append((mots, code or self.proposition(mots)))
            morceaux = morceaux[longueur:]
        return trouvees

    def _plus_longue(self, morceaux: list[str]) -> tuple[int, str | None]:
        for longueur in range(len(morceaux), 0, -1):
            if code := self._exacte(normal(self.separateur.join(morceaux[:longueur]))):
                return longueur, code
        return 1, None


def _remplir(modele: str, proposition: dict, echelle: dict | None = None) -> str:
    """The name of a column that this pattern gives."""
    nom = modele.replace("{proposition}", proposition["code"])
    nom = nom.replace("{titre}", proposition["titre"])
    if echelle is None:
        return nom
    return (
        nom.replace("{echelle}", echelle["code"])
        .replace("{echelle_titre}", echelle["titre"])
        .replace("{question}", echelle["question"])
    )

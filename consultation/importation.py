"""Taking over the answers of another tool: one line per person, one column per question.

Google Forms, Framaforms and LimeSurvey write labels or codes, in UTF-8 or Windows-1252, with a
comma, a semicolon or a tab. A correspondence (TOML) says which column is which question; see
docs/importer_des_reponses.md. A line that is not understood is refused whole, with the reason.
"""

import csv
import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from consultation import questionnaires, saisie
from consultation.models.reponses import PRIORITES_MAX
from consultation.questionnaires import NSP, NSP_LIBELLE

TAILLE_MAXIMALE = 50_000_000
SANS_AVIS = {NSP, NSP_LIBELLE, "Sans avis", "Je ne sais pas", "Ne sait pas", "NSP"}


class FichierIllisible(Exception):
    """The file or the correspondence cannot be used at all. ``str()`` says why, in French."""


@dataclass
class Ligne:
    """What one line of the file gives: an answer to write, or the reasons of its refusal."""

    numero: int
    cle: str = ""
    donnees: dict = field(default_factory=dict)
    refus: list[str] = field(default_factory=list)
    etat: str = ""


def normal(texte: str) -> str:
    """Words compared without case, accents, kinds of apostrophes and spaces, nor end stops."""
    texte = unicodedata.normalize("NFKD", str(texte)).replace("’", "'")
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    return re.sub(r"[\s_]+", " ", texte).strip(" .…").casefold()


def lire_le_fichier(chemin: Path) -> tuple[list[str], list[dict]]:
    """Columns and lines of a CSV, whatever its encoding and separator."""
    try:
        if chemin.stat().st_size > TAILLE_MAXIMALE:
            raise FichierIllisible("Ce fichier dépasse 50 Mo : partagez-le en plusieurs.")
        brut = chemin.read_bytes()
    except OSError as erreur:
        raise FichierIllisible(f"Ce fichier ne s’ouvre pas : {erreur.strerror}.") from erreur
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            texte = brut.decode(encodage)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FichierIllisible("L’encodage de ce fichier n’est ni UTF-8 ni Windows-1252.")
    if "\x00" in texte:
        raise FichierIllisible("Ce fichier n’est pas un CSV.")
    entete = texte.split("\n", 1)[0]
    separateur = max(";,\t", key=entete.count)
    lecteur = csv.DictReader(StringIO(texte, newline=""), delimiter=separateur, strict=True)
    try:
        colonnes = list(lecteur.fieldnames or [])
        lignes = list(lecteur)
    except csv.Error as erreur:
        raise FichierIllisible(f"Ce CSV n’est pas lisible : {erreur}.") from erreur
    if not colonnes or not lignes:
        raise FichierIllisible("Ce fichier ne contient aucune réponse.")
    doubles = [nom for nom, fois in Counter(colonnes).items() if fois > 1]
    if doubles:
        raise FichierIllisible(f"Plusieurs colonnes portent le nom « {doubles[0]} ».")
    return colonnes, lignes


class Correspondance:
    """Which column answers which question, and which words mean which code."""

    def __init__(self, toml: dict, contenu: dict, colonnes: list[str]):
        self.contenu, self.colonnes = contenu, {normal(c): c for c in colonnes}
        inconnues = set(toml) - {"fichier", "avis", "profil", "priorites", "remarques", "valeurs"}
        if inconnues:
            raise FichierIllisible(f"Rubrique inconnue : [{sorted(inconnues)[0]}].")
        self.cle = self._colonne(toml.get("fichier", {}).get("cle"), "[fichier] cle")
        self.avis = self._avis(toml.get("avis", {}))
        self.profil = {
            code: self._colonne(nom, f"[profil] {code}")
            for code, nom in toml.get("profil", {}).items()
        }
        for code in self.profil:
            if questionnaires.question(contenu, code) is None:
                raise FichierIllisible(f"[profil] {code} : cette question n’existe pas.")
        self.remarques = {
            code: self._colonne(nom, f"[remarques] {code}")
            for code, nom in toml.get("remarques", {}).items()
        }
        codes = {p["code"] for p in questionnaires.propositions(contenu)}
        if fausses := set(self.remarques) - codes - {"ensemble"}:
            raise FichierIllisible(f"[remarques] {sorted(fausses)[0]} : proposition inconnue.")
        priorites = toml.get("priorites", {})
        noms = priorites.get("colonnes", [priorites["colonne"]] if "colonne" in priorites else [])
        self.priorites = [self._colonne(nom, "[priorites]") for nom in noms]
        self.separateur = priorites.get("separateur", ";")
        self.valeurs = {normal(k): str(v) for k, v in toml.get("valeurs", {}).items()}

    def _colonne(self, nom, ou: str) -> str | None:
        if nom is None:
            return None
        if normal(nom) not in self.colonnes:
            raise FichierIllisible(f"{ou} : le fichier n’a pas de colonne « {nom} ».")
        return self.colonnes[normal(nom)]

    def _avis(self, rubrique: dict) -> dict[tuple[str, str], str]:
        """By ``modele``, a pattern of column names, or column by column ("P1.pertinence")."""
        trouvees = {}
        echelles = {e["code"]: e for e in self.contenu["echelles"]}
        propositions = {p["code"]: p for p in questionnaires.propositions(self.contenu)}
        if modele := rubrique.get("modele"):
            for code, p in propositions.items():
                for nom, e in echelles.items():
                    attendu = (
                        modele.replace("{proposition}", code)
                        .replace("{titre}", p["titre"])
                        .replace("{echelle}", nom)
                        .replace("{echelle_titre}", e["titre"])
                        .replace("{question}", e["question"])
                    )
                    if normal(attendu) in self.colonnes:
                        trouvees[code, nom] = self.colonnes[normal(attendu)]
        for cle, colonne in rubrique.items():
            if cle == "modele":
                continue
            code, _, nom = cle.partition(".")
            if code not in propositions or nom not in echelles:
                raise FichierIllisible(f"[avis] « {cle} » : proposition ou échelle inconnue.")
            trouvees[code, nom] = self._colonne(colonne, f"[avis] {cle}")
        if not trouvees:
            raise FichierIllisible("Aucune colonne du fichier ne donne d’avis : voyez [avis].")
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

    def proposition(self, saisi: str) -> str | None:
        """A priority by its code, its title, or both (« P1 Élaborer… »)."""
        dit = normal(saisi)
        for p in questionnaires.propositions(self.contenu):
            code, titre = normal(p["code"]), normal(p["titre"])
            if dit in (code, titre) or re.match(rf"{re.escape(code)}\b", dit):
                return p["code"]
        return None


def lire_la_correspondance(chemin: Path) -> dict:
    try:
        return tomllib.loads(chemin.read_text(encoding="utf-8"))
    except OSError as erreur:
        raise FichierIllisible(f"La correspondance ne s’ouvre pas : {erreur.strerror}.") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise FichierIllisible(f"La correspondance n’est pas lisible : {erreur}.") from erreur


def lire(consultation, lignes: list[dict], correspondance: Correspondance) -> Iterator[Ligne]:
    """Every line as an answer or as a refusal, nothing written. Line 1 holds the column names."""
    vues: Counter = Counter()
    for numero, brute in enumerate(lignes, 2):
        ligne = Ligne(numero)
        if None in brute or None in brute.values():
            ligne.refus.append("elle n’a pas le même nombre de colonnes que la première")
            yield ligne
            continue
        identite = brute[correspondance.cle] if correspondance.cle else "\x1f".join(brute.values())
        vues[identite] += 1
        # The same words twice may be two people; the same key twice is the same person.
        rang = 1 if correspondance.cle else vues[identite]
        marque = f"{consultation.slug}\x1f{identite}\x1f{rang}"
        ligne.cle = hashlib.sha256(marque.encode()).hexdigest()
        if correspondance.cle and vues[identite] > 1:
            ligne.refus.append(f"l’identifiant « {identite} » est déjà sur une autre ligne")
        _remplir(ligne, brute, correspondance)
        yield ligne


def _remplir(ligne: Ligne, brute: dict, c: Correspondance) -> None:
    echelles = {e["code"]: e["modalites"] for e in c.contenu["echelles"]}
    avis, profil = {}, {}
    sans_avis = [{"code": NSP, "libelle": dit} for dit in sorted(SANS_AVIS)]
    for (proposition, echelle), colonne in c.avis.items():
        saisi = brute[colonne].strip()
        if not saisi:
            continue
        code = c.code(saisi, echelles[echelle]) or c.code(saisi, sans_avis)
        if code is None:
            ligne.refus.append(f"{proposition}, {echelle} : « {saisi[:60]} » n’est pas une réponse")
        avis[proposition, echelle] = code
    for question, colonne in c.profil.items():
        saisi = brute[colonne].strip()
        code = c.code(saisi, questionnaires.question(c.contenu, question)["categories"])
        if saisi and code is None:
            ligne.refus.append(f"{question} : « {saisi[:60]} » n’est pas une catégorie")
        profil[question] = code
    priorites = []
    for colonne in c.priorites:
        morceaux = [brute[colonne]]
        if len(c.priorites) == 1:
            morceaux = brute[colonne].split(c.separateur)
        for saisi in filter(None, (m.strip() for m in morceaux)):
            code = c.proposition(saisi)
            if code is None:
                ligne.refus.append(f"priorités : « {saisi[:60]} » n’est pas une proposition")
            elif code not in priorites:
                priorites.append(code)
    if len(priorites) > PRIORITES_MAX:
        ligne.refus.append(f"priorités : {len(priorites)} choisies, {PRIORITES_MAX} au plus")
    remarques = {
        "" if code == "ensemble" else code: brute[colonne].strip()[:2000]
        for code, colonne in c.remarques.items()
        if brute[colonne].strip()
    }
    ligne.donnees = {
        "avis": avis, "profil": profil, "priorites": priorites, "remarques": remarques,
    }  # fmt: skip


def ecrire(consultation, ligne: Ligne, questionnaire) -> Ligne:
    """Write one line that was understood; its state says whether it was there already."""
    if ligne.refus:
        ligne.etat = "refusée : " + " ; ".join(ligne.refus)
    elif saisie.importer(consultation, ligne.cle, ligne.donnees, questionnaire):
        ligne.etat = "importée"
    else:
        ligne.etat = "déjà là"
    return ligne

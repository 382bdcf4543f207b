"""Taking over the answers of another tool: one line per person, one column per question.

Google Forms, Framaforms and LimeSurvey write labels or codes, in UTF-8 or Windows-1252, with a
comma, a semicolon or a tab. A correspondence (TOML) says which column is which question; see
docs/importer_des_reponses.md. A line that is not understood is refused whole, with the reason.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from consultation import questionnaires, saisie
from consultation.correspondance import SANS_AVIS, Colonnes, Correspondance, FichierIllisible
from consultation.forms import LONGUEUR_D_UNE_REMARQUE
from consultation.models.reponses import PRIORITES_MAX

TAILLE_MAXIMALE = 50_000_000


@dataclass
class Ligne:
    """What one line of the file gives: an answer to write, or the reasons of its refusal."""

    numero: int
    cle: str = ""
    donnees: dict = field(default_factory=dict)
    refus: list[str] = field(default_factory=list)
    etat: str = ""


def lire_le_fichier(chemin: Path, entetes: int = 1) -> tuple[Colonnes, list[tuple[int, list[str]]]]:
    """Columns and numbered lines of a CSV, whatever its encoding and separator."""
    texte = _decoder(chemin)
    lecteur = csv.reader(
        StringIO(texte, newline=""), delimiter=_separateur(texte, entetes), strict=True
    )
    try:
        lues = [(numero, ligne) for numero, ligne in enumerate(lecteur, 1) if any(ligne)]
    except csv.Error as erreur:
        raise FichierIllisible(f"Ce CSV n’est pas lisible : {erreur}.") from erreur
    tetes = [ligne for numero, ligne in lues if numero <= entetes]
    lignes = [(numero, ligne) for numero, ligne in lues if numero > entetes]
    if not tetes or not lignes:
        raise FichierIllisible("Ce fichier ne contient aucune réponse.")
    if entetes == 1:
        _refuser_les_doubles(tetes[0])
    return Colonnes(tetes), lignes


def _decoder(chemin: Path) -> str:
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
    return texte


def _separateur(texte: str, entetes: int) -> str:
    """The sign met most in the header rows, outside quotes: a title may hold commas."""
    nu = re.sub(r'"[^"]*"', "", texte)
    tetes = "\n".join(nu.split("\n", entetes)[:entetes])
    return max(";,\t", key=tetes.count)


def _refuser_les_doubles(entete: list[str]) -> None:
    doubles = [nom for nom, fois in Counter(entete).items() if fois > 1]
    if doubles:
        raise FichierIllisible(
            f"Plusieurs colonnes portent le nom « {doubles[0]} ». Si leurs noms tiennent sur "
            "plusieurs lignes, dites combien : entete, sous [fichier]."
        )


def lire(consultation, lignes, correspondance: Correspondance) -> Iterator[Ligne]:
    """Every line as an answer or as a refusal, nothing written."""
    vues: Counter = Counter()
    for numero, brute in lignes:
        ligne = Ligne(numero)
        if len(brute) != correspondance.colonnes.nombre:
            ligne.refus.append("elle n’a pas le même nombre de colonnes que la première")
            yield ligne
            continue
        cle = correspondance.cle
        identite = "\x1f".join(brute) if cle is None else brute[cle]
        vues[identite] += 1
        # The same words twice may be two people; the same key twice is the same person.
        rang = vues[identite] if cle is None else 1
        marque = f"{consultation.slug}\x1f{identite}\x1f{rang}"
        ligne.cle = hashlib.sha256(marque.encode()).hexdigest()
        if cle is not None and vues[identite] > 1:
            ligne.refus.append(f"l’identifiant « {identite} » est déjà sur une autre ligne")
        ligne.donnees = {
            "avis": _avis(ligne, brute, correspondance),
            "profil": _profil(ligne, brute, correspondance),
            "priorites": _priorites(ligne, brute, correspondance),
            "remarques": _remarques(ligne, brute, correspondance),
        }
        yield ligne


def _avis(ligne: Ligne, brute: list[str], c: Correspondance) -> dict:
    echelles = {e["code"]: e["modalites"] for e in c.contenu["echelles"]}
    avis = {}
    for (proposition, echelle), place in c.avis.items():
        saisi = brute[place].strip()
        if not saisi:
            continue
        code = c.code(saisi, echelles[echelle]) or c.code(saisi, SANS_AVIS)
        if code is None:
            ligne.refus.append(f"{proposition}, {echelle} : « {saisi[:60]} » n’est pas une réponse")
        avis[proposition, echelle] = code
    return avis


def _profil(ligne: Ligne, brute: list[str], c: Correspondance) -> dict:
    profil = {}
    for question, place in c.profil.items():
        saisi = brute[place].strip()
        code = c.code(saisi, questionnaires.question(c.contenu, question)["categories"])
        if saisi and code is None:
            ligne.refus.append(f"{question} : « {saisi[:60]} » n’est pas une catégorie")
        profil[question] = code
    return profil


def _priorites(ligne: Ligne, brute: list[str], c: Correspondance) -> list[str]:
    """From one column of several answers, one column each, or one column per proposition."""
    if len(c.priorites) == 1:
        dites = c.plusieurs_propositions(brute[c.priorites[0]])
    else:
        dites = [(brute[place].strip(), c.proposition(brute[place])) for place in c.priorites]
    priorites = []
    for mots, code in dites:
        if mots and code is None:
            ligne.refus.append(f"priorités : « {mots[:60]} » n’est pas une proposition")
        elif mots and code not in priorites:
            priorites.append(code)
    for code, place in c.cases.items():
        cochee = c.cochee(brute[place])
        if cochee is None:
            ligne.refus.append(f"priorité {code} : « {brute[place][:60]} » n’est ni oui ni non")
        elif cochee and code not in priorites:
            priorites.append(code)
    if len(priorites) > PRIORITES_MAX:
        ligne.refus.append(f"priorités : {len(priorites)} choisies, {PRIORITES_MAX} au plus")
    return priorites


def _remarques(ligne: Ligne, brute: list[str], c: Correspondance) -> dict:
    """Free words, whole: those that are too long are refused, never cut."""
    remarques = {}
    for code, place in c.remarques.items():
        texte = brute[place].strip()
        if len(texte) > LONGUEUR_D_UNE_REMARQUE:
            ligne.refus.append(
                f"remarque, {code} : {len(texte)} signes, {LONGUEUR_D_UNE_REMARQUE} au plus"
            )
        elif texte:
            remarques["" if code == "ensemble" else code] = texte
    return remarques


def ecrire(consultation, ligne: Ligne, questionnaire) -> Ligne:
    """Write one line that was understood; its state says whether it was there already."""
    if ligne.refus:
        ligne.etat = "refusée : " + " ; ".join(ligne.refus)
    elif saisie.importer(consultation, ligne.cle, ligne.donnees, questionnaire):
        ligne.etat = "importée"
    else:
        ligne.etat = "déjà là"
    return ligne

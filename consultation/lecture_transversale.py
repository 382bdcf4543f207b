"""Sentences read across the propositions: computed on the last version, shown once read over.

A sentence is shown while the version that is published says what somebody read. When a number
changes, it is not shown any more and says so to the staff: nothing goes stale in silence.
"""

from dataclasses import dataclass

from consultation import exports
from consultation.models import Consultation, Phrase, VersionDeResultats
from consultation.phrases import NonPublie, PhraseIllisible, ecrire
from consultation.publication import derniere
from hubpartenariat.socle.journal import consigner


@dataclass(frozen=True)
class PhraseLue:
    """``texte``: with the numbers of the version; ``faute``: why it has none."""

    phrase: Phrase
    texte: str
    faute: str = ""

    @property
    def montrable(self) -> bool:
        return bool(self.texte) and self.texte == self.phrase.texte_relu

    @property
    def situation(self) -> str:
        """Where it stands, in words, for the staff."""
        if self.faute:
            return f"Ne peut pas être montrée : {self.faute}"
        if not self.phrase.texte_relu:
            return "À relire avant d’être montrée"
        if self.montrable:
            return "Montrée"
        return f"À relire : elle disait « {self.phrase.texte_relu} »"


def lire_la(phrase: Phrase, version: VersionDeResultats | None = None) -> PhraseLue:
    """This sentence with the numbers of ``version`` (by default the last one published)."""
    version = version or derniere(phrase.consultation)
    if version is None:
        return PhraseLue(phrase, "", "Aucun résultat n’est encore publié.")
    return _lire(phrase, version, exports.en_json(version))


def _lire(phrase, version, donnees) -> PhraseLue:
    try:
        return PhraseLue(phrase, ecrire(phrase.texte, version.contenu["questionnaire"], donnees))
    except (PhraseIllisible, NonPublie) as erreur:
        return PhraseLue(phrase, "", str(erreur))


def a_relire(consultation: Consultation) -> list[PhraseLue]:
    """Sentences that were shown and are not any more: a number has changed. One query, and that
    of the version."""
    phrases = list(consultation.phrases.exclude(texte_relu=""))
    version = derniere(consultation) if phrases else None
    if version is None:
        return []
    donnees = exports.en_json(version)
    lues = [_lire(phrase, version, donnees) for phrase in phrases]
    return [lue for lue in lues if not lue.montrable]


def toutes_a_relire() -> list[int]:
    """Keys of such sentences, of every consultation, for the team."""
    avec = Consultation.objects.exclude(phrases=None).distinct()
    return [lue.phrase.pk for consultation in avec for lue in a_relire(consultation)]


def relire(phrase: Phrase, par) -> str:
    """Show this sentence as its numbers stand. Returns why not, in French; "" when done."""
    version = derniere(phrase.consultation)
    lue = lire_la(phrase, version)
    if lue.faute:
        return lue.faute
    phrase.texte_relu, phrase.version_relue = lue.texte, version
    phrase.relue_par = par if getattr(par, "is_authenticated", False) else None
    phrase.save(update_fields=["texte_relu", "version_relue", "relue_par"])
    consigner(phrase, "relire_phrase", par, version=version.numero)
    return ""


def montrables(consultation: Consultation, version: VersionDeResultats) -> list[str]:
    """The sentences that this version still says, in their order. One query."""
    phrases = list(consultation.phrases.exclude(texte_relu=""))
    if not phrases:
        return []
    donnees = exports.en_json(version)
    lues = [_lire(phrase, version, donnees) for phrase in phrases]
    return [lue.texte for lue in lues if lue.montrable]

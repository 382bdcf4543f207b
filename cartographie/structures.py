"""The page that the directory keeps of the structure of a fiche.

The directory is another trade: it is known here by the foreign key of the fiche and by the index
that it declares, never by its code.
"""

from django import forms
from django.db import transaction
from django.db.models import Q

from cartographie.models import Fiche
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.indexation import declares
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.liste import LONGUEUR_DE_RECHERCHE, Demande, sans_invisibles
from hubpartenariat.socle.saisie import CHOIX_INCONNU

CANDIDATES = 8
AUCUNE = ("", "Aucune de ces pages")


def _structures():
    return Fiche._meta.get_field("structure").related_model.objects


def candidates(texte: str, *retenues) -> list[tuple[str, str]]:
    """Choices: the published structures that answer to ``texte``, best first, after ``retenues``.

    ``retenues`` are keys that must be offered (the one in force, the one just sent). Four queries
    at most, none when there is nothing to look for.
    """
    cles = [int(cle) for cle in retenues if str(cle or "").isdecimal() and len(str(cle)) < 10]
    texte, index = sans_invisibles(texte or "")[:LONGUEUR_DE_RECHERCHE], declares().get("structure")
    if texte and index:
        demande = Demande(index, q=texte)
        cles += identifiants(demande, compter(demande), 0, CANDIDATES)
    if not cles:
        return []
    trouvees = {une.pk: une for une in _structures().publiees().filter(pk__in=cles)}
    return [
        (str(cle), f"{une} – {une.get_type_structure_display()} ({', '.join(une.departements)})")
        for cle in dict.fromkeys(cles)
        if (une := trouvees.get(cle))
    ]


class StructureField(forms.ChoiceField):
    """One page of the directory among ``candidates``; cleans to a structure or None."""

    widget = forms.RadioSelect
    default_error_messages = CHOIX_INCONNU

    def clean(self, value):
        cle = super().clean(value)
        return _structures().filter(pk=int(cle)).first() if cle else None

    def proposer(self, texte: str, *retenues) -> bool:
        """Set the choices; False when there is none to offer."""
        trouvees = candidates(texte, *retenues)
        self.choices = [*trouvees, AUCUNE]
        return bool(trouvees)


def rattacher(fiche, structure, par) -> None:
    """Link a fiche (and its revisions under way) to a page of the directory, or to none."""
    with transaction.atomic():
        Fiche.objects.filter(Q(pk=fiche.pk) | Q(revision_de=fiche.pk)).update(structure=structure)
        consigner(fiche, "rattacher_structure", par, structure=structure and structure.slug)
    fiche.structure = structure


class RattachementForm(forms.Form):
    """For the moderators: which page is that of this fiche's structure."""

    structure = StructureField(label="Page de la structure dans l’annuaire", required=False)

    def __init__(self, *args, fiche, texte, **options):
        super().__init__(*args, **options)
        actuelle = fiche.structure_id or ""
        self.initial["structure"] = str(actuelle)
        self.fields["structure"].proposer(texte, actuelle, self.data.get("structure"))

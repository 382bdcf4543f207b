"""What the map holds about people: contacts, authors, colleagues invited."""

from django.urls import reverse

from cartographie.enums import EtatFiche, Visibilite
from cartographie.models import Fiche, Invitation, Lien, Remarque
from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from hubpartenariat.socle.registre import elargir as _elargir

TOUS, MODERATION, AUTEURS = Cercle.TOUS, Cercle.MODERATION, Cercle.AUTEURS


def _cles(auteurs) -> set[int]:
    return set(auteurs.values_list("pk", flat=True))


def _contenu(fiche, nom) -> list[Cercle]:
    """Everybody once published; a draft that was never sent belongs to its authors."""
    if fiche.etat == EtatFiche.PUBLIEE:
        return [TOUS]
    return [AUTEURS] if fiche.etat == EtatFiche.BROUILLON else [AUTEURS, MODERATION]


def _contact(fiche, nom) -> list[Cercle]:
    cercles = [AUTEURS]
    if fiche.etat != EtatFiche.BROUILLON:
        cercles.append(MODERATION)
    if fiche.etat == EtatFiche.PUBLIEE:
        ouverts = {Visibilite.PUBLIQUE: TOUS, Visibilite.MEMBRES: Cercle.MEMBRES}
        cercles += [ouverts[v] for v in ouverts if v == fiche.contact_visibilite]
    return cercles


declarer(
    Fiche,
    internes("id versions etat_depuis uuid slug etat revision_de auteurs exemple structure"),
    internes("creee_le modifiee_le soumise_le publiee_le contact_visibilite"),
    champs("titre resume type_structure structure_nom departements", Classe.PUBLIQUE, _contenu),
    champs("commune themes public annee_debut avancement page_web", Classe.PUBLIQUE, _contenu),
    champs("acteurs nb_patients nb_professionnels domaines formes", Classe.PUBLIQUE, _contenu),
    champs("degre etapes recrutements statuts formation", Classe.PUBLIQUE, _contenu),
    champs("formation_texte pilotage cadres evaluation financement", Classe.PUBLIQUE, _contenu),
    champs("check_list leviers leviers_texte freins freins_texte", Classe.PUBLIQUE, _contenu),
    champs("besoins besoins_texte resultats conseils", Classe.PUBLIQUE, _contenu),
    champs("contact_nom contact_courriel contact_telephone", Classe.PERSONNELLE, _contact),
    champs("suivi", Classe.PERSONNELLE, (AUTEURS,)),
    champs("motif", Classe.PERSONNELLE, (AUTEURS, MODERATION)),
    finalite="Montrer comment des équipes travaillent en partenariat.",
    conservation="Tant que la fiche est sur la carte ; ses auteurs la retirent quand ils veulent.",
    effacement=Effacement.GARDER,
    pourquoi=(
        "Une fiche décrit une démarche d’équipe : elle reste, avec ses autres auteurs. "
        "Le départ attend qu’elle soit confiée à quelqu’un ou retirée."
    ),
    a_moi=lambda p: Fiche.objects.filter(auteurs=p),
    effacer=lambda p: p.fiches.clear(),
    cercles={AUTEURS: lambda f: _cles(f.auteurs)},
    corriger=lambda f: reverse("cartographie:mes_fiches"),
)

declarer(
    Lien,
    internes("id fiche"),
    champs("titre url", Classe.PUBLIQUE, lambda lien, nom: _contenu(lien.fiche, nom)),
    finalite="Renvoyer vers des documents au sujet d’une démarche.",
    conservation="Celle de la fiche.",
    cercles={AUTEURS: lambda lien: _cles(lien.fiche.auteurs)},
)

declarer(
    Remarque,
    internes("id fiche champ genre auteur creee_le levee_le"),
    champs("texte", Classe.PERSONNELLE, (AUTEURS, MODERATION)),
    finalite="Dire aux auteurs ce qui reste à préciser.",
    conservation="Celle de la fiche.",
    effacement=Effacement.ANONYMISER,
    pourquoi="La question posée reste, sans votre nom : la fiche en dépend.",
    a_moi=lambda p: Remarque.objects.filter(auteur=p),
    effacer=lambda p: Remarque.objects.filter(auteur=p).update(auteur=None),
    cercles={AUTEURS: lambda r: _cles(r.fiche.auteurs)},
)


def _effacer_les_invitations(personne) -> None:
    from hubpartenariat.socle.effacement import adresses_de

    for adresse in adresses_de(personne):
        Invitation.objects.filter(courriel__iexact=adresse).delete()
    Invitation.objects.filter(creee_par=personne).delete()


declarer(
    Invitation,
    internes("id uuid fiche creee_par creee_le acceptee_le"),
    champs("courriel", Classe.PERSONNELLE, (AUTEURS, Cercle.PROPRIETAIRE)),
    finalite="Inviter un collègue à écrire une fiche.",
    conservation="Le lien sert pendant 8 jours ; la trace suit la fiche.",
    a_moi=lambda p: Invitation.objects.filter(creee_par=p),
    effacer=_effacer_les_invitations,
    cercles={
        AUTEURS: lambda i: _cles(i.fiche.auteurs),
        Cercle.PROPRIETAIRE: lambda i: {i.creee_par_id},
    },
)


@_elargir("comptes.Utilisateur", "nom")
@_elargir("comptes.Utilisateur", "email")
def _coauteurs(compte):
    """Those who write the same fiche, and those who were invited to."""
    for fiche in Fiche.objects.filter(auteurs=compte).prefetch_related("auteurs"):
        yield from (autre.pk for autre in fiche.auteurs.all())

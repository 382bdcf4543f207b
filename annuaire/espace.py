"""What the directory shows in a person's own space: one block per subject."""

from django.urls import reverse

from annuaire import espace_equipe  # noqa: F401 — registers the queues of the team
from hubpartenariat.socle.espace import Carte, en_cours, page

page("Ce qui m’est proposé", "annuaire:propositions")
page("Mes mises en relation", "annuaire:mes_relations")
page("Mes missions", "annuaire:missions")
page("Mon carnet", "annuaire:carnet")
page("Mes appels", "annuaire:mes_appels")
page("Mes offres", "annuaire:mes_offres")
page("Mes structures", "annuaire:mes_structures")
page("Mes signalements", "annuaire:signalements")


# --- Mise en relation ------------------------------------------------------------------------
@en_cours
def reponses_attendues(personne):
    """What waits for this person's yes or no, as a side of a relation. Three queries."""
    from annuaire.entretien import attendus
    from annuaire.enums import Cote
    from annuaire.models import MiseEnRelation

    toutes = MiseEnRelation.objects.en_cours().select_related("appel", "offre")
    ici = reverse("annuaire:mes_relations")
    siennes = [une for une in toutes.du_patient(personne) if Cote.PATIENT in attendus(une)]
    if siennes:
        texte = "Une équipe attend votre réponse."
        yield Carte("Mises en relation", texte, ici, "Répondre", attend=True)
    par_objet = {}
    for une in toutes.de_l_equipe(personne):
        if Cote.EQUIPE in attendus(une):
            par_objet.setdefault(une.appel or une.offre, []).append(une)
    for objet, attendues in par_objet.items():
        mot = "1 réponse attend" if len(attendues) == 1 else f"{len(attendues)} réponses attendent"
        la = reverse("annuaire:candidatures", args=[objet.uuid]) if attendues[0].appel_id else ici
        yield Carte(str(objet), f"{mot} votre choix.", la, "Lire", attend=True)


@en_cours
def propositions(personne):
    """Appels brought to this person and not answered. One query."""
    from annuaire.models import Sollicitation

    nombre = Sollicitation.objects.filter(profil__personne=personne).en_attente().count()
    if nombre:
        mot = "1 appel peut" if nombre == 1 else f"{nombre} appels peuvent"
        yield Carte(
            "Ce qui m’est proposé",
            f"{mot} vous convenir.",
            reverse("annuaire:propositions"),
            "Voir",
            attend=True,
        )


# --- Structures and territories ------------------------------------------------------------------
@en_cours
def structures(personne):
    """Requests that wait for a referent, then the structures that this person keeps. One query."""
    from django.db.models import Count, Q

    from annuaire.enums import EtatRattachement
    from annuaire.models import Structure

    demandes = Count(
        "rattachements",
        filter=Q(rattachements__etat=EtatRattachement.DEMANDE),
        distinct=True,
    )
    tenues = Structure.objects.filter(
        pk__in=Structure.objects.tenues_par(personne).values("pk")
    ).annotate(demandes=demandes)
    for structure in tenues.order_by("-demandes", "nom")[:5]:
        if structure.demandes:
            seule = structure.demandes == 1
            mot = "1 demande attend" if seule else f"{structure.demandes} demandes attendent"
            la = reverse("annuaire:structure_equipe", args=[structure.slug])
            yield Carte(str(structure), f"{mot} votre réponse.", la, "Répondre", attend=True)
        else:
            la = reverse("annuaire:structure_modifier", args=[structure.slug])
            yield Carte(str(structure), "Vous tenez sa page.", la, "Mettre à jour")


@en_cours
def territoire(personne):
    """What waits in the territory of a référent. Two queries; a few more for a référent."""
    from annuaire.referents import a_faire, est_referent

    if not est_referent(personne):
        return
    nombre = a_faire(personne).nombre
    texte = (
        "Rien n’attend." if not nombre else f"{nombre} point{'s' if nombre > 1 else ''} à suivre."
    )
    yield Carte("Mon territoire", texte, reverse("annuaire:a_faire"), "Voir", nombre > 0)


# --- Profile ---------------------------------------------------------------------------------
@en_cours
def mon_profil(personne):
    """Where this person's profile stands, unless it is closed. At most two queries."""
    from annuaire.enums import EtatProfil
    from annuaire.models import Profil
    from hubpartenariat.socle.typographie import date_en_mots

    profil = (
        Profil.objects.filter(personne=personne)
        .exclude(etat=EtatProfil.FERME)
        .with_consentement()
        .only("etat", "pause_jusqu_au")
        .first()
    )
    if profil is None:
        return
    texte, action = profil.get_etat_display(), "Voir"
    if profil.etat == EtatProfil.BROUILLON:
        texte, action = "En préparation : personne ne le voit.", "Continuer"
    elif profil.etat == EtatProfil.ACTIF and not profil.consent_a_l_appariement:
        texte = "Rien ne vous est proposé : votre accord est retiré ou a expiré."
    elif profil.en_pause:
        texte = f"En pause jusqu’au {date_en_mots(profil.pause_jusqu_au)} compris."
    yield Carte("Mon profil de patient partenaire", texte, reverse("annuaire:profil"), action)


# --- Appels and offres -----------------------------------------------------------------------
@en_cours
def mes_appels(personne):
    """The appels of this person's teams that are not over, the most urgent first. One query."""
    from annuaire.enums import EtatAppel
    from annuaire.models import Appel
    from annuaire.views.mes_appels import prochaine_etape

    liste = reverse("annuaire:mes_appels")
    vivants = Appel.objects.de(personne).exclude(etat__in=EtatAppel.finis())
    for appel in vivants.par_urgence()[:5]:
        action, url = prochaine_etape(appel) or ("Voir mes appels", liste)
        attend = appel.etat == EtatAppel.BROUILLON
        yield Carte(str(appel), appel.get_etat_display(), url, action, attend)


@en_cours
def mes_offres(personne):
    """The offres of this person that are not over. One query."""
    from annuaire.enums import EtatOffre
    from annuaire.models import Offre

    etats = [EtatOffre.BROUILLON, EtatOffre.A_MODERER, EtatOffre.OUVERTE]
    ici = reverse("annuaire:mes_offres")
    for offre in Offre.objects.de(personne).filter(etat__in=etats)[:5]:
        attend = offre.etat == EtatOffre.BROUILLON
        yield Carte(str(offre), offre.get_etat_display(), ici, "Voir", attend)


# --- Missions and carnet -----------------------------------------------------------------------
@en_cours
def mes_missions(personne):
    """Missions to start or under way, with the lines of the carnet to co-sign. A few queries."""
    from annuaire.enums import Cote, EtatMission
    from annuaire.forms.suites import titre_de_mission
    from annuaire.models import MissionSuivie

    vivantes = MissionSuivie.objects.with_relation().de(personne).distinct()
    for mission in vivantes.filter(etat__in=EtatMission.actives())[:5]:
        texte, equipe = mission.get_etat_display(), mission.cote_de(personne) == Cote.EQUIPE
        attend = equipe and mission.lignes.a_cosigner().exists()
        if attend:
            texte = f"{texte}. Des lignes du carnet attendent votre co-signature."
        ici = reverse("annuaire:mission", args=[mission.uuid])
        yield Carte(titre_de_mission(mission), texte, ici, "Ouvrir la mission", attend)

"""What a person is told of an appel brought to them: why, in words, and a mail with their links."""

from itertools import groupby

from annuaire import liens
from annuaire.models import LienMagique
from hubpartenariat.socle import courriel
from hubpartenariat.socle.courriel import Courriel

# Never the illness itself: mails are read on other people's screens.
RAISONS = {
    "domaine": "un domaine que vous avez choisi",
    "mission": "une mission que vous avez choisie",
    "territoire": "un de vos territoires",
    "distance": "vous acceptez d’agir à distance",
    "theme": "un thème de votre profil",
    "moment": "un moment où vous êtes disponible",
}
A_LA_MAIN = 20  # mails woken at once; more are left to the sweeper, a few each second
RAISON_DU_COURRIEL = (
    "Vous recevez ce message car vous avez accepté que le hub vous propose des appels et vous "
    "écrive. Vous choisissez combien par mois, et vous pouvez tout arrêter, dans votre espace."
)


def pourquoi(raisons) -> list[str]:
    """« Vous recevez ceci parce que … » : the words of the codes, in a steady order."""
    return [phrase for code, phrase in RAISONS.items() if code in raisons]


def annoncer(sollicitations) -> list[Courriel]:
    """One mail to each person with all the appels brought now; in the caller's transaction."""
    from annuaire.avis_relations import absolue

    par_personne = sorted(sollicitations, key=lambda une: (une.profil_id, une.rang))
    lettres, a_garder = [], []
    for _, groupe in groupby(par_personne, key=lambda une: une.profil_id):
        siennes = list(groupe)
        appels = []
        for une in siennes:
            jeton, lien = liens.preparer(une)
            a_garder.append(lien)
            appels.append(
                {
                    "mission": une.appel.get_mission_display(),
                    "lieu": une.appel.get_lieu_display(),
                    "temps": une.appel.temps,
                    "pourquoi": pourquoi(une.raisons),
                    "lien": absolue(liens.chemin(jeton)),
                }
            )
        personne = siennes[0].profil.personne
        lettres.append(
            courriel.rediger(
                personne.email,
                "annuaire/propositions",
                {"nom": personne.nom, "appels": appels, "raison": RAISON_DU_COURRIEL},
                cle=f"proposition:{siennes[0].pk}",
                confidentiel=True,
            )
        )
    LienMagique.objects.bulk_create(a_garder)
    lettres = Courriel.objects.bulk_create(lettres)
    for lettre in lettres[:A_LA_MAIN]:
        courriel.reveiller(lettre.pk)
    return lettres

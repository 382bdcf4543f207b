"""The library: entries are public once published; what one keeps is one's own."""

from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from ressources.enums import EtatRessource
from ressources.models import AncienneVersion, Ressource, Selection, Signet, Usage

LISIBLES = {EtatRessource.PUBLIEE, EtatRessource.ARCHIVEE}
A_TOUS = "La ressource reste utile à tous ; le lien avec vous est effacé."
DE_L_EQUIPE = (Cercle.PROPRIETAIRE, Cercle.MODERATION)


def _si_publiee(ressource, nom):
    return [Cercle.TOUS] if ressource.etat in LISIBLES else DE_L_EQUIPE


def _partir(personne) -> None:
    """What was published stays, without a name; what was only proposed goes."""
    siennes = Ressource.objects.de(personne)
    siennes.exclude(etat__in=LISIBLES).delete()
    siennes.update(proposee_par=None)


declarer(
    Ressource,
    internes("id uuid slug etat etat_depuis type_ressource niveau domaines pas besoins publics"),
    internes("departements annee publiee_le relue_le lien_mort_depuis remplacee_par proposee_par"),
    internes("creee_le modifiee_le du_hub exemple"),
    internes("fichier_mime fichier_taille fichier_empreinte fichier_chemin"),
    champs(
        "titre en_bref description corps lien source version licence motif fichier_nom",
        Classe.PUBLIQUE,
        _si_publiee,
        garde=A_TOUS,
    ),
    finalite="Faire connaître ce qui aide à travailler en partenariat.",
    conservation="Tant que la ressource sert ; les versions remplacées restent lisibles.",
    effacement=Effacement.GARDER,
    pourquoi=A_TOUS,
    a_moi=lambda p: Ressource.objects.de(p),
    effacer=_partir,
    cercles={Cercle.PROPRIETAIRE: lambda une: {une.proposee_par_id} - {None}},
    fichiers=lambda p: [
        (une.fichier_nom, une.chemin_du_fichier)
        for une in Ressource.objects.de(p).exclude(fichier_chemin="")
    ],
)
declarer(
    AncienneVersion,
    internes("id uuid ressource annee remplacee_le"),
    internes("fichier_mime fichier_taille fichier_empreinte fichier_chemin"),
    champs(
        "version description corps lien fichier_nom",
        Classe.PUBLIQUE,
        lambda une, nom: _si_publiee(une.ressource, nom),
        garde=A_TOUS,
    ),
    finalite="Retrouver ce que disait une ressource avant d’être remplacée.",
    conservation="Tant que la ressource est gardée.",
    effacement=Effacement.GARDER,
    pourquoi=A_TOUS,
    a_moi=lambda p: AncienneVersion.objects.filter(ressource__in=Ressource.objects.de(p)),
    effacer=lambda personne: None,
    cercles={Cercle.PROPRIETAIRE: lambda une: {une.ressource.proposee_par_id} - {None}},
    fichiers=lambda p: [
        (une.fichier_nom, une.chemin_du_fichier)
        for une in AncienneVersion.objects.filter(ressource__in=Ressource.objects.de(p)).exclude(
            fichier_chemin=""
        )
    ],
)
declarer(
    Usage,
    internes("id ressource mois geste nombre"),
    finalite="Savoir ce qui sert, par mois, sans savoir à qui.",
    conservation="Tant que le hub existe : rien n’y parle d’une personne.",
)
declarer(
    Signet,
    internes("id personne ressource pose_le"),
    finalite="Retrouver les ressources que vous gardez.",
    conservation="Jusqu’à ce que vous les ôtiez, ou que votre compte soit effacé.",
    a_moi=lambda p: Signet.objects.filter(personne=p),
)
declarer(
    Selection,
    internes("id uuid auteur ressources creee_le"),
    champs("titre mot", Classe.PERSONNELLE, (Cercle.TOUS,)),
    finalite="Partager des ressources par une adresse que vous donnez à qui vous voulez.",
    conservation="Jusqu’à ce que vous cessiez de la partager, ou que votre compte soit effacé.",
    a_moi=lambda p: Selection.objects.filter(auteur=p),
    cercles={Cercle.PROPRIETAIRE: lambda une: {une.auteur_id}},
)

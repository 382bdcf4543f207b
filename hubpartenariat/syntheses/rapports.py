"""The yearly report for the ARS and France Assos Santé: its chapters come from the trades."""

from hubpartenariat.socle.rapports import Portee, Rapport, declarer
from hubpartenariat.socle.templatetags.pdf import jour


def _base(portee: Portee) -> str:
    return f"Ce que le hub sait {portee.dans} au {jour(portee.au.isoformat())}"


ETAT_ANNUEL = declarer(
    Rapport(
        code="etat-annuel",
        titre="État annuel du partenariat",
        sur_titre="À l’attention de l’Agence régionale de santé et de France Assos Santé",
        resume="L’année du partenariat en Île-de-France : démarches, mise en relation, "
        "consultation, ressources, besoins qui restent sans réponse.",
        methode=(
            "Ce rapport réunit ce que les quatre parties du hub comptent d’elles-mêmes. Les "
            "démarches sont décrites par les équipes et relues avant publication ; les nombres "
            "de l’annuaire viennent des appels et des binômes de l’année. Sous cinq personnes, "
            "appels ou binômes, un nombre n’est pas publié, ni celui qui permettrait de le "
            "retrouver. Les résultats de consultation suivent leurs propres seuils, imprimés avec "
            "eux. Rien ici n’est un recensement : on y lit ce qui a été raconté au hub."
        ),
        base=_base,
        permission="syntheses.lire_edition",
        periodique=True,
    )
)

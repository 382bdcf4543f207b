"""What the library has for each need: see hubpartenariat/socle/aides.py."""

from hubpartenariat.socle.aides import Aide, aide_aux_besoins


@aide_aux_besoins("ressources")
def ressources(codes, au_plus: int):
    """Published entries that answer these needs, for beginners first. One query."""
    from ressources.models import Ressource  # models are not loaded yet

    trouvees = Ressource.objects.qui_aident(codes).defer("description", "corps")
    return [
        Aide(
            une.get_type_ressource_display(),
            une.titre,
            une.en_bref,
            une.get_absolute_url(),
            frozenset(une.besoins),
        )
        for une in trouvees[:au_plus]
    ]

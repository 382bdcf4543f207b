"""What a person's space shows of their projects: what waits for their word, then the projects."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTRES = 5


@en_cours
def a_signer(personne):
    """Last versions that this person has not signed. Two queries."""
    from django.db.models import Exists, F, Max, OuterRef

    from ressources.models import Participation, Signature, Version

    siennes = list(
        Participation.objects.filter(personne=personne, partie_le=None).values_list("pk", flat=True)
    )
    if not siennes:
        return
    faites = Signature.objects.filter(version=OuterRef("pk"), participation__in=siennes)
    attendues = (
        Version.objects.filter(signataires__overlap=siennes)
        .annotate(derniere=Max("ecrit__versions__numero"))
        .filter(~Exists(faites), numero=F("derniere"))
        .select_related("ecrit__projet")
        .order_by("proposee_le", "pk")
    )
    for version in attendues[:MONTRES]:
        ecrit = version.ecrit
        texte = f"Version {version.numero} : votre signature est attendue"
        yield Carte(
            f"{ecrit} : {ecrit.projet}", texte, ecrit.get_absolute_url(), "Lire", attend=True
        )


@en_cours
def releves_a_valider(personne):
    """Records that this person has not validated as they now read. Two queries."""
    from django.db.models import Exists, OuterRef

    from ressources.models import Participation, Releve, Validation

    siennes = list(
        Participation.objects.filter(personne=personne, partie_le=None).values_list("pk", flat=True)
    )
    if not siennes:
        return
    faites = Validation.objects.filter(
        releve=OuterRef("pk"), revision=OuterRef("revision"), participation__in=siennes
    )
    attendus = Releve.objects.filter(~Exists(faites), attendus__overlap=siennes)
    for releve in attendus.select_related("projet").order_by("tenue_le", "pk")[:MONTRES]:
        titre = f"{releve} : {releve.projet}"
        texte = "Relevé de conclusions : votre accord est attendu"
        yield Carte(titre, texte, releve.get_absolute_url(), "Lire", attend=True)


@en_cours
def mes_projets(personne):
    """The projects of this person, the last changed first. One query."""
    from ressources.models import Projet

    for projet in Projet.objects.de(personne).order_by("-modifie_le", "-pk")[:MONTRES]:
        yield Carte(projet.titre, projet.get_pas_display(), projet.get_absolute_url(), "Ouvrir")

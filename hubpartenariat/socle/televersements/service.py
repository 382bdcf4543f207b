"""Giving a kept file back: always as an attachment, never inside the pages of the hub."""

from django.http import FileResponse, Http404


def servir(objet) -> FileResponse:
    """The file of a row (AvecFichier) to be saved by who reads. 404 when it is not there."""
    if not objet.a_un_fichier or not objet.chemin_du_fichier.is_file():
        raise Http404
    reponse = FileResponse(
        objet.chemin_du_fichier.open("rb"),
        as_attachment=True,
        filename=objet.fichier_nom,
        content_type=objet.fichier_mime,
    )
    reponse.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    reponse.headers["Cache-Control"] = "private, no-cache"
    return reponse

"""The door of the uploads: a file that is too heavy is let go as it arrives, the rest is kept.

The one of settings.FILE_UPLOAD_HANDLERS, for every form of the hub: memory stays flat. What was
typed beside the file is read all the same: the form says what is wrong and shows it again.
"""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from hubpartenariat.socle.televersements.accueil import TAILLE_AU_PLUS

# Beyond, it is not a mistake any more: the request is not read (400).
CORPS_AU_PLUS = 20 * TAILLE_AU_PLUS


class SurDisqueEtBorne(TemporaryFileUploadHandler):
    """Writes to disk what arrives, up to the limit."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > CORPS_AU_PLUS:
            raise RequestDataTooBig("Ce que vous envoyez est trop lourd : 10 Mo par fichier.")

    def new_file(self, *args, **options):
        super().new_file(*args, **options)
        self.recus = 0

    def receive_data_chunk(self, raw_data, start):
        self.recus += len(raw_data)
        if self.recus > TAILLE_AU_PLUS:
            trop_lourds(self.request).add(self.field_name)
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def trop_lourds(request) -> set[str]:
    """Names of the fields of this request whose file was too heavy."""
    if not hasattr(request, "_trop_lourds"):
        request._trop_lourds = set()
    return request._trop_lourds

"""The broker of the embedded set-up: kombu's messages on disk, made safe against half messages."""

import time
import uuid
from pathlib import Path

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu's channel, with three repairs.

    A message appears whole under its name (rename); names sort by wall clock, so that messages
    written before a reboot stay first; a message that cannot be read is dropped instead of ending
    the worker (the row it speaks of is found by the sweeper).
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for dossier in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(dossier).mkdir(mode=0o700, parents=True, exist_ok=True)

    def _put(self, queue, payload, **kwargs):
        dossier = Path(self.data_folder_out)
        provisoire = dossier / f"{uuid.uuid4()}.partiel"
        try:
            provisoire.write_bytes(str_to_bytes(dumps(payload)))
            provisoire.replace(dossier / f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg")
        except OSError as erreur:
            provisoire.unlink(missing_ok=True)
            raise ChannelError(f"message not written: {erreur}") from erreur

    def _get(self, queue):
        while True:
            try:
                message = super()._get(queue)
            except ValueError:  # not JSON: empty or damaged
                continue
            if isinstance(message, dict) and {"body", "properties"} <= message.keys():
                return message


class Transport(filesystem.Transport):
    Channel = Channel

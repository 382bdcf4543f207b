"""What the log may not hold: the secret part of a personal address."""

import logging
import re

_SECRET = re.compile(r"(/lien/|/invitation/)[^/\s\"']+")


class SansSecret(logging.Filter):
    """Blank the tokens of personal links in every line, whatever wrote it."""

    def filter(self, record):
        message = record.getMessage()
        if _SECRET.search(message):
            record.msg, record.args = _SECRET.sub(r"\1…", message), ()
        return True

"""The list for machines: the same parameters, the same rows, nothing private."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cartographie.exports import EXPORT
from hubpartenariat.socle.formats import repondre


@login_not_required
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def liste_format(request, ext):
    """``/cartographie/fiches.<ext>``."""
    return repondre(request, ext, EXPORT)

"""Lists of the administration are filtered by what they show, and by nothing else.

Django lets any column of the row be asked in the address (``?savoirs__icontains=…``): whoever may
open a list could guess, one question at a time, what it does not show.
"""

from django.contrib.admin.options import IS_POPUP_VAR
from django.http import Http404


class FiltresDeclares:
    """A ModelAdmin whose addresses filter by ``list_filter`` and ``date_hierarchy`` only."""

    def lookup_allowed(self, lookup, value, request):
        filtres = self.get_list_filter(request)
        propres = {getattr(filtre, "parameter_name", None) for filtre in filtres}
        if lookup in propres:
            return True
        colonnes = {f[0] if isinstance(f, (list, tuple)) else f for f in filtres}
        colonnes.add(self.date_hierarchy)
        connu = any(
            lookup == nom or lookup.startswith(f"{nom}__")
            for nom in colonnes
            if nom and isinstance(nom, str)
        )
        return connu and super().lookup_allowed(lookup, value, request)


class SansSuppressionEnFenetre:
    """Nothing is deleted from a popup, whose parameters Django trusts too much."""

    def delete_view(self, request, object_id, extra_context=None):
        if IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            raise Http404
        return super().delete_view(request, object_id, extra_context)

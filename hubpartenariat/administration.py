"""The admin site of the hub: French titles, and the hub's own sign-in instead of the admin's."""

from functools import wraps

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, FieldDoesNotExist, PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hubpartenariat.socle.files import a_traiter


class HubAdminSite(admin.AdminSite):
    site_title = site_header = "Hub du partenariat en santé"
    index_title = "Modération et administration"
    index_template = "admin/accueil.html"

    def index(self, request, extra_context=None):
        """Django's, with what waits first."""
        attend = {"a_traiter": a_traiter(request.user), **(extra_context or {})}
        return super().index(request, attend)

    @method_decorator([never_cache, login_not_required])
    def login(self, request, extra_context=None):
        """Send to the hub's sign-in, where the second factor is asked; refuse non-staff plainly."""
        suite = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(suite, {request.get_host()}, request.is_secure()):
            suite = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(suite)
        if request.user.is_authenticated:
            raise PermissionDenied("Cette page est réservée à l’équipe du Pôle ETP.")
        return redirect_to_login(suite)

    def admin_view(self, view, cacheable=False):
        """Answer 400 to an address written by hand that Django's admin would fail on.

        A year that no date holds, a field that no model has: Django lets these errors through.
        """

        @wraps(view)
        def prudente(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (FieldDoesNotExist, IncorrectLookupParameters, OverflowError) as erreur:
                if request.GET:
                    raise BadRequest(str(erreur)) from erreur
                raise

        return super().admin_view(prudente, cacheable)

    def password_change(self, request, extra_context=None):
        """One page only to change a password: the hub's."""
        return HttpResponseRedirect(reverse("account_change_password"))

    @method_decorator([never_cache, require_POST])
    def logout(self, request, extra_context=None):
        logout(request)
        return HttpResponseRedirect(reverse("accueil"))

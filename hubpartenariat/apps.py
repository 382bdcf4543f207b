"""The project's own admin site takes the place of Django's."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class HubAdminConfig(AdminConfig):
    default_site = "hubpartenariat.administration.HubAdminSite"


class HubConfig(AppConfig):
    """The project itself, for its commands and pages; it has no model."""

    name = "hubpartenariat"

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class SocleConfig(AppConfig):
    name = "hubpartenariat.socle"
    label = "socle"
    verbose_name = "Socle"

    def ready(self):
        """Read what each app declares to socle's registries, as admin.py is read."""
        from hubpartenariat.socle.indexation import installer
        from hubpartenariat.socle.mots import parler_simplement

        parler_simplement()

        # recherche.py: what it offers to lists and searches; syntheses.py: its documents;
        # espace.py: what a person has under way; rgpd.py: what each model holds about people;
        # conservation.py, inactivite.py: how long it is kept;
        # outils.py: what helps a mission; aides.py: what answers a need;
        # autour.py: what it says of a thing of another app.
        # rapports.py: the chapters that it gives to the reports.
        autodiscover_modules("recherche", "syntheses", "rapports", "espace", "rgpd")
        autodiscover_modules("conservation", "inactivite", "outils", "aides", "autour")
        post_migrate.connect(installer, sender=self, dispatch_uid="index")

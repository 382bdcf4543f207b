from django.apps import AppConfig


class SynthesesConfig(AppConfig):
    name = "hubpartenariat.syntheses"
    label = "syntheses"
    verbose_name = "Synthèses"

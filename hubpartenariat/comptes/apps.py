from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "hubpartenariat.comptes"
    label = "comptes"
    verbose_name = "Comptes"

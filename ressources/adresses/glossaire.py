"""The glossary."""

from django.urls import path

from ressources.views.glossaire import glossaire

urlpatterns = [path("glossaire/", glossaire, name="glossaire")]

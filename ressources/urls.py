"""Addresses of the library, its tools and its projects, under /ressources/."""

app_name = "ressources"

urlpatterns = []

"""Addresses of the agenda, under /agenda/."""

app_name = "agenda"

urlpatterns = []

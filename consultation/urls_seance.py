"""Addresses of the live sessions, under /seance/."""

app_name = "seance"

urlpatterns = []

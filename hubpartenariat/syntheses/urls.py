"""Addresses of the reports, under /syntheses/."""

app_name = "syntheses"

urlpatterns = []

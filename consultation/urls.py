"""Addresses of the consultations, under /consultations/."""

app_name = "consultation"

urlpatterns = []

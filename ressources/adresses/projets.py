"""Projects and what they hold: participants, charters, letters, support, bilan."""

urlpatterns = []

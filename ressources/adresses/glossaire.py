"""The glossary."""

urlpatterns = []

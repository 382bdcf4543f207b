"""The library: list, search, one resource, proposals, selections, path « comment démarrer »."""

urlpatterns = []

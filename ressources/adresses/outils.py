"""The tools that anybody may try, and their place in a project: check-list, barometer."""

urlpatterns = []

"""Short stories of experience."""

urlpatterns = []

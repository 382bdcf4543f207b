"""Pages of the map, one file per need."""

"""The agenda: what may happen to an event, and how the list is filtered."""

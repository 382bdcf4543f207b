"""The agenda for calendars (RFC 5545). The link of an online meeting is never in it."""

from datetime import UTC
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

PARIS = ZoneInfo("Europe/Paris")


def calendrier(evenements) -> bytes:
    """These events as one iCalendar file; a cancelled one says so."""
    tout = Calendar()
    tout.add("prodid", "-//Hub du partenariat en santé//Agenda//FR")
    tout.add("version", "2.0")
    tout.add("method", "PUBLISH")
    tout.add("x-wr-calname", "Agenda du partenariat en santé")
    for un in evenements:
        tout.add_component(_evenement(un))
    tout.add_missing_timezones()
    return tout.to_ical()


def _evenement(un) -> Event:
    hote = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "hub.example"
    page = settings.ADRESSE_PUBLIQUE + un.get_absolute_url()
    evenement = Event()
    evenement.add("uid", f"{un.uuid}@{hote}")
    evenement.add("dtstamp", un.modifie_le.astimezone(UTC))
    evenement.add("last-modified", un.modifie_le.astimezone(UTC))
    # Grows with every change, as calendars ask to tell a newer version from an older one.
    evenement.add("sequence", int((un.modifie_le - un.cree_le).total_seconds()))
    evenement.add("dtstart", un.debut.astimezone(PARIS))
    evenement.add("dtend", un.fin.astimezone(PARIS))
    evenement.add("summary", f"Annulé : {un.titre}" if un.annule else un.titre)
    evenement.add("description", f"{un.description}\n\n{page}")
    evenement.add("location", un.lieu or "En ligne")
    evenement.add("url", page)
    evenement.add("categories", [un.get_genre_display()])
    evenement.add("status", "CANCELLED" if un.annule else "CONFIRMED")
    return evenement

"""Meetings of a support: whoever noted one corrects or removes it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.reprise import texte_garde
from ressources.accompagnement import suivi
from ressources.forms.accompagnement import RencontreForm
from ressources.views.accompagnement import fil_du_suivi, suivis


def _la_mienne(request, accompagnement, rencontre):
    """A meeting that this person noted, of a support that they read; 404 for the others."""
    un = get_object_or_404(suivis(request), uuid=accompagnement)
    return un, get_object_or_404(suivi.rencontres_de(un, request.user), pk=rencontre)


@texte_garde
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def corriger(request, accompagnement, rencontre):
    """Write again what was noted."""
    un, une = _la_mienne(request, accompagnement, rencontre)
    form = RencontreForm(request.POST or None, instance=une)
    if request.method == "POST" and form.is_valid():
        try:
            suivi.corriger(une, form.cleaned_data, request.user)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La rencontre est corrigée. L’équipe la lit ainsi.")
            return redirect(un)
    contexte = {
        "accompagnement": un,
        "projet": un.projet,
        "rencontre": une,
        "form": form,
        "fil": fil_du_suivi("Corriger une rencontre"),
    }
    statut = 422 if form.errors else 200
    return render(request, "ressources/accompagnement/rencontre.html", contexte, status=statut)


@require_POST
def oter(request, accompagnement, rencontre):
    """Remove a meeting noted by mistake."""
    un, une = _la_mienne(request, accompagnement, rencontre)
    try:
        suivi.oter(une, request.user)
        messages.success(request, "La rencontre est retirée.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(un)

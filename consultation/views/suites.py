"""What is done of the propositions, for everybody; and the way out of the mails about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation import suites
from consultation.forms import AbonnementForm
from consultation.models import Suite
from consultation.views.consultations import consultation_de, fil


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def toutes(request, slug):
    """Every follow-up that is published, with its reasons and its actions."""
    consultation = consultation_de(request, slug)
    publiees = suites.publiees_de(consultation)
    contexte = {
        "consultation": consultation,
        "suites": [(suite, suites.texte_compare(suite)) for suite in publiees],
        "restantes": consultation.propositions.count() - len(publiees),
        "abonnement": AbonnementForm(prefix="suites"),
        "fil": fil(consultation, ("Suites données", None)),
    }
    return render(request, "consultation/suites.html", contexte)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ne_plus_suivre(request, slug, jeton):
    """The link at the foot of a mail: asked once more, then the address is gone."""
    consultation = consultation_de(request, slug)
    abonnement = suites.abonnement_de(consultation, jeton)
    if abonnement is None:
        raise Http404
    if request.method == "POST":
        abonnement.delete()
        messages.success(request, "C’est fait : le hub n’a plus cette adresse pour les suites.")
        return redirect(consultation)
    contexte = {
        "consultation": consultation,
        "fil": fil(consultation, ("Ne plus suivre", None)),
    }
    return render(request, "consultation/ne_plus_suivre.html", contexte)


def de(proposition) -> dict:
    """What the page of a proposition shows of its follow-up. Two queries at most."""
    suite = Suite.objects.publiees().filter(proposition=proposition).with_tout().first()
    return {"suite": suite, "texte_compare": suites.texte_compare(suite) if suite else []}

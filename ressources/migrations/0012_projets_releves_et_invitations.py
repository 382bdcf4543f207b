import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q


def figer_les_releves(apps, schema_editor):
    """Who must validate the records already written: those who could when their text was written,
    and those who did. The day of a correction is not known: it asks those of today, as before."""
    participations = apps.get_model('ressources', 'Participation').objects
    for releve in apps.get_model('ressources', 'Releve').objects.all():
        la = Q(partie_le=None)
        if releve.revision == 0:
            la = Q(arrivee_le__lte=releve.cree_le) & (la | Q(partie_le__gt=releve.cree_le))
        ont_valide = Q(validations__releve=releve, validations__revision=releve.revision)
        gens = participations.filter(la | ont_valide, projet=releve.projet_id)
        releve.attendus = sorted(set(gens.values_list('pk', flat=True)))
        releve.save(update_fields=['attendus'])


class Migration(migrations.Migration):

    dependencies = [
        ('ressources', '0011_seance_d_un_evenement'),
    ]

    operations = [
        migrations.AddField(
            model_name='ficheprojet',
            name='criteres_le',
            field=models.DateTimeField(editable=False, null=True, verbose_name='critères écrits le'),
        ),
        migrations.AddField(
            model_name='releve',
            name='attendus',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None, verbose_name='à valider par'),
        ),
        migrations.RunPython(figer_les_releves, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='invitationauprojet',
            name='invitation_au_projet_une_par_adresse',
        ),
        migrations.AddField(
            model_name='invitationauprojet',
            name='annulee_le',
            field=models.DateTimeField(editable=False, null=True, verbose_name='annulée le'),
        ),
        migrations.AddConstraint(
            model_name='invitationauprojet',
            constraint=models.UniqueConstraint(condition=models.Q(('acceptee_le', None), ('annulee_le', None)), fields=('projet', 'courriel'), name='invitation_au_projet_une_par_adresse', violation_error_message='Cette personne est déjà invitée.'),
        ),
    ]

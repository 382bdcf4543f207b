"""Files that people send: taken by their content, cleaned apart, kept under names of chance.

``formulaire.FichierField`` reads one, ``modele.AvecFichier`` keeps it beside a row,
``service.servir`` gives it back as an attachment. What opens a file runs in a process of its own
with little memory and little time (the program ``nettoyage``): no file can take the site down. See
docs/decisions/0017.
"""

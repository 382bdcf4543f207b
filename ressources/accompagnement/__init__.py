"""Support of teams and what ends it: ``suivi`` follows, ``bilan`` looks back, ``attestations`` are
co-signed, ``documents`` puts both on paper, ``avis`` writes the mails."""

"""Redis killed: sign-in goes on, and is still limited."""

import socket
import subprocess
import time

import pytest
from django.core.cache import cache, caches
from django.test import override_settings

from hubpartenariat.socle import cache as module
from tests.comptes.outils import entrer_par_mot_de_passe, est_entre

pytestmark = pytest.mark.django_db


def reglages(adresse: str) -> dict:
    return {
        "default": {
            "BACKEND": "hubpartenariat.socle.cache.CacheAvecRepli",
            "LOCATION": "cache_du_hub",
        },
        "redis": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": adresse,
            "KEY_PREFIX": "hub",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        },
    }


@pytest.fixture
def redis(tmp_path):
    """A real Redis on its own port; ``redis.kill()`` is a crash."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    commande = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    serveur = subprocess.Popen([*commande, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as prise:
            if prise.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    serveur.adresse = f"redis://127.0.0.1:{port}/0"
    module.PAS_AVANT["redis"] = 0.0
    with override_settings(CACHES=reglages(serveur.adresse)):
        yield serveur
    serveur.kill()
    serveur.wait()
    module.PAS_AVANT["redis"] = 0.0


def test_redis_serves_while_it_lives(redis):
    cache.set("clé", "valeur", 60)
    assert cache.get("clé") == "valeur"
    assert caches["redis"].get("clé") == "valeur"
    assert cache.add("clé", "autre") is False
    assert cache.incr("compte") if cache.add("compte", 0) else True


def test_redis_killed_sign_in_works_and_is_limited(client, personne, redis):
    personne("claire@exemple.fr")
    personne("marc@exemple.fr")
    entrer_par_mot_de_passe(client, "marc@exemple.fr")
    assert est_entre(client)
    client.logout()
    redis.kill()
    redis.wait()
    debut = time.monotonic()
    entrer_par_mot_de_passe(client, "marc@exemple.fr")
    assert est_entre(client)
    assert time.monotonic() - debut < 2
    client.logout()
    for _ in range(5):
        entrer_par_mot_de_passe(client, "claire@exemple.fr", "jamais le bon")
    reponse = entrer_par_mot_de_passe(client, "claire@exemple.fr")
    assert "Trop d’essais" in reponse.content.decode()
    assert not est_entre(client)


def test_redis_that_hangs_costs_one_timeout_not_one_per_call(personne):
    """An address that never answers: the first call waits half a second, the next ones do not."""
    with socket.socket() as muet:
        muet.bind(("127.0.0.1", 0))
        muet.listen(1)
        module.PAS_AVANT["redis"] = 0.0
        with override_settings(CACHES=reglages(f"redis://127.0.0.1:{muet.getsockname()[1]}/0")):
            debut = time.monotonic()
            for rang in range(20):
                cache.set(f"clé{rang}", rang)
            assert cache.get("clé7") == 7
            assert time.monotonic() - debut < 2
    module.PAS_AVANT["redis"] = 0.0


def test_clearing_the_cache_leaves_the_queue_alone(redis):
    """Redis also carries the messages of the workers."""
    caches["redis"]._cache.get_client(None, write=True).set("celery", "message")
    cache.clear()
    assert caches["redis"]._cache.get_client(None, write=True).get("celery") == b"message"

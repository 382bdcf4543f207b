"""A cache that survives the loss of Redis: the rate limits of sign-in depend on it.

allauth refuses every sign-in when it cannot count the attempts. So Redis is asked first and, on
its first failure, the database cache takes over at once: limits start again from zero there, but
sign-in works and stays limited.
"""

import logging
import time

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# While Redis is away it is asked again only every few seconds: a request pays one failure at most.
DELAI_AVANT_NOUVEL_ESSAI = 5
PAS_AVANT = {"redis": 0.0}  # time.monotonic() of the next attempt, for the whole process


class CacheAvecRepli(DatabaseCache):
    """Redis (``CACHES["redis"]``) first, this database table otherwise.

    A subclass of DatabaseCache, so that ``createcachetable`` makes its table.
    """

    def _demander(self, methode: str, *args, **options):
        if time.monotonic() >= PAS_AVANT["redis"]:
            try:
                return getattr(caches["redis"], methode)(*args, **options)
            except (RedisError, OSError) as erreur:
                PAS_AVANT["redis"] = time.monotonic() + DELAI_AVANT_NOUVEL_ESSAI
                logger.warning("Redis is away, the database cache takes over: %s", erreur)
        return getattr(super(), methode)(*args, **options)

    def get(self, *args, **options):
        return self._demander("get", *args, **options)

    def set(self, *args, **options):
        return self._demander("set", *args, **options)

    def add(self, *args, **options):
        return self._demander("add", *args, **options)

    def touch(self, *args, **options):
        return self._demander("touch", *args, **options)

    def delete(self, *args, **options):
        return self._demander("delete", *args, **options)

    def has_key(self, *args, **options):
        return self._demander("has_key", *args, **options)

    def incr(self, *args, **options):
        return self._demander("incr", *args, **options)

    def get_many(self, *args, **options):
        return self._demander("get_many", *args, **options)

    def set_many(self, *args, **options):
        return self._demander("set_many", *args, **options)

    def delete_many(self, *args, **options):
        return self._demander("delete_many", *args, **options)

    def clear(self):
        """Forget what the database holds; Redis also carries the queue, so it is left alone."""
        super().clear()

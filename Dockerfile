FROM python:3.12-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --uid 10001 hub

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .

# Static files belong to the image; the build needs settings but no database and no real secret.
ENV HUB_VAR=/donnees STATIC_ROOT=/app/statique PYTHONUNBUFFERED=1
RUN DATABASE_URL=postgresql://aucune/aucune SECRET_KEY=construction \
      python manage.py collectstatic --noinput \
 && mkdir /donnees && chown hub /donnees

USER hub
VOLUME /donnees
EXPOSE 8000
CMD ["gunicorn", "hubpartenariat.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--timeout", "30", "--graceful-timeout", "15", "--no-control-socket"]

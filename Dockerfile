# Three images from one file: the site (web and worker alike), and nginx in front of it.
FROM python:3.13-slim-bookworm AS site
RUN apt-get update && apt-get install -y --no-install-recommends \
    ffmpeg libharfbuzz-subset0 libpangoft2-1.0-0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data thuisbasis \
    && install -d -o thuisbasis -g thuisbasis /data /pages /backups
WORKDIR /site
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY manage.py ./
COPY platform platform
COPY knowledge knowledge
COPY members members
COPY events events
COPY templates templates
ENV DJANGO_SETTINGS_MODULE=thuisbasis.config.settings.production PYTHONPATH=/site/platform:/site \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data PAGE_STORE=/pages BACKUPS=/backups
USER thuisbasis
VOLUME ["/data", "/pages", "/backups"]
ENTRYPOINT ["/site/platform/deploy/container.sh"]
CMD ["web"]

FROM nginx:1.28-bookworm AS front
COPY platform/deploy/nginx*.conf /etc/nginx/templates/
RUN cd /etc/nginx/templates && for file in *.conf; do mv "$file" "$file.template"; done \
    && usermod --non-unique --uid 10001 nginx && install -d /etc/nginx/site
COPY platform/deploy/sorry /etc/nginx/site/sorry
ENV NGINX_ENVSUBST_OUTPUT_DIR=/etc/nginx/site USER=nginx RUN=/run DEPLOY=/etc/nginx/site ACCESS_LOG=/dev/stdout \
    DATA_DIR=/data PAGE_STORE=/pages HTTP_PORT=80 HTTPS_PORT=443 MOST_CONNECTIONS=200 MOST_LOGINS=5 \
    MOST_LOGINS_AT_ONCE=40 CERTIFICATE=/tls/certificate.pem CERTIFICATE_KEY=/tls/key.pem \
    RESOLVER="resolver 127.0.0.11 valid=5s;" BUCKET="" \
    WEB_SERVERS="zone site 256k; server web:8000 resolve max_fails=3 fail_timeout=1s;"
CMD ["nginx", "-c", "/etc/nginx/site/nginx.conf"]

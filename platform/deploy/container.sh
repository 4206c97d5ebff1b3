#!/bin/sh
# What a container of the site does: `web`, `worker`, `prepare` (once for each release), `is-ready`, or a command of manage.py.
set -eu
case "${1:-web}" in
    web) exec python -m gunicorn --config platform/deploy/gunicorn.conf.py ;;
    # As a load balancer asks: 0 when visitors may come.
    is-ready)
        exec python -c "import os; from urllib.request import Request, urlopen
urlopen(Request('http://127.0.0.1:8000/readyz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}))"
        ;;
    worker) exec python manage.py work ;;
    prepare)
        python manage.py migrate --verbosity 0
        python manage.py createcachetable
        python manage.py collectstatic --verbosity 0 --no-input
        python manage.py begin_site || true
        ;;
    *) exec python manage.py "$@" ;;
esac

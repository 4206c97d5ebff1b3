"""Reads every environment variable once, typed, so that settings never touch os.environ."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from environs import Env

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the machine says about itself; each field is the variable of the same name in capitals.

    `data_dir` is an absolute path; `database`, `cache` and `email` are the dictionaries that
    Django expects in its settings; `trusted_proxy_count` counts reverse proxies in front;
    `storage_url` has the options of the bucket for files, or is empty: then they are in `data_dir`;
    `accel_prefix` is the internal address under which the web server finds files, or "";
    `page_store` is the folder of stored public pages, or "";
    `backups` is the folder where a backup is made each night, or "";
    `clamd_url` is where the virus scanner listens, or ""; `serve_unscanned` lets files out without one;
    `search_url` is the search engine beside the database as `kind`, `url` and `alias`, or empty;
    `machine_translator` is wagtail-localize's setting of that name, or empty;
    `encryption_keys` are the keys for secrets at rest, the newest first; `sso_providers` are the
    care providers that log in with their own accounts, as allauth's OpenID Connect expects them.
    """

    debug: bool
    secret_key: str
    encryption_keys: list[str]
    allowed_hosts: list[str]
    site_url: str
    data_dir: Path
    database_url: dict[str, Any]
    cache_url: dict[str, Any]
    email_url: dict[str, Any]
    default_from_email: str
    accessibility_contact: str
    security_contact: str
    trusted_proxy_count: int
    storage_url: dict[str, Any]
    accel_prefix: str
    page_store: str
    backups: str
    clamd_url: str
    serve_unscanned: bool
    search_url: dict[str, str]
    machine_translator: dict[str, Any]
    sso_providers: list[dict[str, Any]]


def read_environment() -> Environment:
    """Return the typed environment; raises environs.EnvError when a value cannot be read."""
    env = Env()
    data_dir = Path(env.str("DATA_DIR", str(ROOT / "var"))).resolve()
    database_url = env.str("DATABASE_URL", "") or f"sqlite:///{data_dir}/db.sqlite3"
    return Environment(
        debug=env.bool("DEBUG", False),
        secret_key=env.str("SECRET_KEY", ""),
        encryption_keys=[key for key in env.list("ENCRYPTION_KEYS", []) if key],
        allowed_hosts=env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"]),
        site_url=env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/"),
        data_dir=data_dir,
        database_url=dict(dj_database_url.parse(database_url)),
        cache_url=dict(env.dj_cache_url("CACHE_URL", "locmem://")),
        email_url=dict(env.dj_email_url("EMAIL_URL", "console://")),
        default_from_email=env.str("DEFAULT_FROM_EMAIL", "Thuisbasis <thuisbasis@example.nl>"),
        accessibility_contact=env.str("ACCESSIBILITY_CONTACT", "mailto:toegankelijkheid@example.nl"),
        security_contact=env.str("SECURITY_CONTACT", "mailto:veiligheid@example.nl"),
        trusted_proxy_count=env.int("TRUSTED_PROXY_COUNT", 0),
        storage_url=bucket_at(env.str("STORAGE_URL", "")),
        accel_prefix=env.str("ACCEL_PREFIX", ""),
        page_store=env.str("PAGE_STORE", ""),
        backups=env.str("BACKUPS", ""),
        clamd_url=env.str("CLAMD_URL", ""),
        serve_unscanned=env.bool("SERVE_UNSCANNED", False),
        search_url=_search_engine(env.str("SEARCH_URL", "")),
        machine_translator=json.loads(env.str("MACHINE_TRANSLATOR", "") or "{}"),
        sso_providers=[_openid_connect(app) for app in json.loads(env.str("SSO_PROVIDERS", "") or "[]")],
    )


def _search_engine(url: str) -> dict[str, str]:
    """Return the kind, address and alias that "opensearch+https://user:password@host:9200/alias" names; {} for "".

    Raises ValueError for a kind that we cannot speak to.
    """
    if not url:
        return {}
    kind, _plus, address = url.partition("+")
    if kind not in {"opensearch", "elasticsearch"} or not address.startswith(("http://", "https://")):
        raise ValueError("SEARCH_URL begins with opensearch+https:// or elasticsearch+https://")
    parts = urlsplit(address)
    return {"kind": kind, "url": f"{parts.scheme}://{parts.netloc}", "alias": parts.path.strip("/") or "thuisbasis"}


def bucket_at(url: str) -> dict[str, Any]:
    """Return the options that "s3+https://key:secret@host/bucket?region=eu-west-1" names; {} for "".

    Raises ValueError for an address without service, bucket, key or secret.
    """
    if not url:
        return {}
    kind, _plus, address = url.partition("+")
    parts = urlsplit(address)
    name = parts.path.strip("/")
    if kind != "s3" or parts.scheme not in {"http", "https"} or not (name and parts.username and parts.password):
        raise ValueError("STORAGE_URL looks like s3+https://key:secret@host/bucket?region=name")
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": name,
        "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
    }


def _openid_connect(app: dict[str, Any]) -> dict[str, Any]:
    """Return one care provider's OpenID Connect in allauth's words; raises KeyError when a part is missing.

    `issuer` is the only issuer that we trust for it, `tenant` the only Entra tenant (`tid`); an
    account is known by tenant and object id, never by its e-mail address.
    """
    return {
        "provider_id": app["id"],
        "name": app["name"],
        "client_id": app["client_id"],
        "secret": app["secret"],
        "settings": {
            "server_url": app["issuer"],
            "tenant": app.get("tenant", ""),
            "uid_field": "oid" if app.get("tenant") else "sub",
            "oauth_pkce_enabled": True,
            "fetch_userinfo": False,
        },
    }

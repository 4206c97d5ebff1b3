"""What one machine needs, made once and left alone afterwards: packages, keys, certificate, database, configuration."""

import os
import secrets
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from place import DEPLOY, OWNER, ROOT, Host
from processes import fill_in

PACKAGES = (
    *("clamav-daemon", "clamav-freshclam", "ffmpeg", "libharfbuzz-subset0", "libpangoft2-1.0-0", "nginx-light"),
    *("openssl", "postgresql", "postgresql-client", "python3-venv", "redis-server", "supervisor"),
)
CREATE_DATABASE = (
    rf"SELECT 'CREATE DATABASE {OWNER}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{OWNER}')\gexec"  # noqa: S608 (our own name)
)
FOLDERS = ("data", "pages", "run", "log", "tls", "backups", "signatures")
# What a release is made of, without tests and history.
RELEASED = ("platform", "knowledge", "members", "events", "templates", "manage.py", "requirements.lock")
# Debian's own, which everybody on the machine may run.
PYTHON = "/usr/bin/python3"
# What a host may be told in the environment when it is set up; later on in the file `environment`.
FROM_OUTSIDE = (
    *("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SECURITY_CONTACT", "ACCESSIBILITY_CONTACT"),
    *("SEARCH_URL", "STORAGE_URL", "SSO_PROVIDERS", "MACHINE_TRANSLATOR"),
    *("SECRET_KEY", "ENCRYPTION_KEYS"),
)


def install_packages(host: Host) -> None:
    """Install what the set is made of, and leave Debian's own services of it alone but stopped."""
    missing = [name for name in PACKAGES if not _is_installed(name)]
    if missing and host.is_root:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)
        for service in ("clamav-daemon", "clamav-freshclam", "nginx", "postgresql", "redis-server", "supervisor"):
            subprocess.run(["service", service, "stop"], check=False, capture_output=True)
    elif missing:
        raise SystemExit(f"As an administrator: apt-get install {' '.join(missing)}")


def _is_installed(package: str) -> bool:
    return not subprocess.run(["dpkg", "-s", package], capture_output=True, check=False).returncode


def make_own_things(host: Host) -> None:
    """Make user, folders, keys and certificate, each once."""
    make_folders(host)
    write_environment(host)
    make_certificate(host)


def make_folders(host: Host) -> None:
    """Make the site's own user and folders."""
    if host.is_root and subprocess.run(["id", OWNER], capture_output=True, check=False).returncode:
        command = ["useradd", "--system", "--home-dir", str(host.folder), "--shell", "/usr/sbin/nologin", OWNER]
        subprocess.run(command, check=True)
    for name in FOLDERS:
        (host.folder / name).mkdir(exist_ok=True, mode=0o750)
        if host.is_root:
            shutil.chown(host.folder / name, OWNER, OWNER)


def write_environment(host: Host) -> None:
    """Write the variables of this machine once, with keys that nobody else has; who changes them later is obeyed."""
    if host.environment_file.exists():
        return
    folder, address = host.folder, str(host.choices["address"])
    password = secrets.token_urlsafe(24)
    socket = str(folder / "run").replace("/", "%2F")
    cache_password = secrets.token_urlsafe(24)
    kind = "rehearsal" if host.choices["rehearsal"] else "production"
    values = {
        "DJANGO_SETTINGS_MODULE": f"thuisbasis.config.settings.{kind}",
        "PYTHONPATH": f"{host.release}/platform:{host.release}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SITE_URL": address,
        "ALLOWED_HOSTS": urlsplit(address).hostname or "",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ENCRYPTION_KEYS": secrets.token_urlsafe(40),
        "DATA_DIR": str(folder / "data"),
        "PAGE_STORE": str(folder / "pages"),
        "DATABASE_URL": f"postgres://{OWNER}:{password}@{socket}/{OWNER}",
        "DATABASE_PASSWORD": password,
        "CACHE_URL": f"redis://:{cache_password}@127.0.0.1:{host.choices['cache_port']}/1",
        "CACHE_PASSWORD": cache_password,
        "CLAMD_URL": f"unix://{folder}/run/clamd.ctl",
        "TRUSTED_PROXY_COUNT": "1",
        "ACCEL_PREFIX": "/intern/",
        "BACKUPS": str(folder / "backups"),
    }
    values |= {name: os.environ[name] for name in FROM_OUTSIDE if os.environ.get(name)}
    host.environment_file.touch(mode=0o640)
    host.environment_file.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()))
    if host.is_root:
        shutil.chown(host.environment_file, "root", OWNER)


def make_certificate(host: Host) -> None:
    """Make a certificate of our own when there is none; browsers warn for it until a real one takes its place."""
    certificate, key = host.folder / "tls/certificate.pem", host.folder / "tls/key.pem"
    if certificate.exists():
        return
    name = urlsplit(str(host.choices["address"])).hostname
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "365", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    print(f"    A certificate of our own stands in {certificate}; put a real one there, and key.pem beside it.")


def install_release(host: Host) -> None:
    """Install the locked packages, when the lock changed, and a copy of the code."""
    if not host.python.exists():
        folder = host.python.parents[1]
        subprocess.run([PYTHON, "-m", "venv", f"{folder}.new"], check=True)
        pip = [f"{folder}.new/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
        Path(f"{folder}.new").rename(folder)
    new, old = host.folder / "release.new", host.folder / "release.old"
    shutil.rmtree(new, ignore_errors=True)
    for name in RELEASED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        new.mkdir(exist_ok=True)
        copy(ROOT / name, new / name)
    shutil.rmtree(old, ignore_errors=True)
    if host.release.exists():
        host.release.rename(old)
    new.rename(host.release)


def make_database(host: Host) -> None:
    """Make the database server's files, once; its password is in the environment file."""
    if (host.folder / "database/PG_VERSION").exists():
        return
    (host.folder / "database").mkdir(exist_ok=True, mode=0o700)
    if host.is_root:
        shutil.chown(host.folder / "database", OWNER, OWNER)
    line = f'. {host.environment_file}; exec "$0" -D "$1" -U {OWNER} -A scram-sha-256 -E UTF8 --locale=C.UTF-8'
    line += ' --pwfile=<(printf %s "$DATABASE_PASSWORD")'
    host.run("bash", "-c", line + " >/dev/null", postgres_programs() / "initdb", host.folder / "database")


def postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs, of the newest version on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return found[-1]


def fill_database(host: Host) -> None:
    """Bring tables and static files up to date; fill a new site with a backup, the demo or its first pages."""
    host.run("bash", "-c", _in_psql(host, CREATE_DATABASE))
    is_new = not (host.folder / "data/began").exists()
    backup = host.choices.get("from_backup")
    if is_new and backup:
        host.manage("restore", backup)
    host.manage("migrate", "--verbosity", "0")
    host.manage("createcachetable")
    host.manage("collectstatic", "--verbosity", "0", "--no-input")
    if is_new and not backup:
        host.manage("load_demo" if host.choices["rehearsal"] else "begin_site")
        host.manage("rebuild_search")
    if is_new:
        host.run("touch", host.folder / "data/began")


def _in_psql(host: Host, statement: str) -> str:
    program = shlex.join([str(postgres_programs() / "psql"), "-q", "-h", str(host.folder / "run"), "-U", OWNER])
    environment = f'. {host.environment_file}; export PGPASSWORD="$DATABASE_PASSWORD"'
    return f"{environment}; printf '%s\\n' {shlex.quote(statement)} | {program} postgres"


def bucket_of(host: Host) -> str:
    """Return where nginx finds the bucket that the environment file names, without its key and secret."""
    lines = [shlex.split(line) for line in host.environment_file.read_text().splitlines()]
    addresses = [line[0].partition("=")[2] for line in lines if line and line[0].startswith("STORAGE_URL=s3+")]
    parts = urlsplit(addresses[-1].removeprefix("s3+")) if addresses else None
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts else ""


def _resolver() -> str:
    """Return the machine's own name servers for nginx, which looks up where a bucket is."""
    file = Path("/etc/resolv.conf")
    words = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
    servers = [word[1] for word in words if len(word) > 1 and word[0] == "nameserver" and "%" not in word[1]]
    brackets = [f"[{server}]" if ":" in server else server for server in servers]
    return f"resolver {' '.join(brackets)};" if brackets else ""


def write_configuration(host: Host) -> None:
    """Write what supervisor, nginx and the scanner read, filled in for this machine."""
    address = urlsplit(str(host.choices["address"]))
    count = int(host.choices["webs"])
    values = {
        "USER": host.owner,
        "ROOT": host.release,
        "FOLDER": host.folder,
        "RUN": host.folder / "run",
        "DATA_DIR": host.folder / "data",
        "PAGE_STORE": host.folder / "pages",
        "PYTHON": host.python,
        "ENVIRONMENT": host.environment_file,
        "POSTGRES": postgres_programs(),
        "ADDRESS": host.choices["address"],
        "HOST": address.hostname,
        "HTTPS_PORT": address.port or 443,
        "HTTP_PORT": host.choices["http_port"],
        "CACHE_PORT": host.choices["cache_port"],
        "WEBS": count,
        "WORKERS": host.choices["workers"],
        "CERTIFICATE": host.folder / "tls/certificate.pem",
        "CERTIFICATE_KEY": host.folder / "tls/key.pem",
        "ACCESS_LOG": host.folder / "log/access.log",
        "DEPLOY": host.folder / "nginx",
        "MOST_CONNECTIONS": 200,
        "MOST_LOGINS": 5,
        "MOST_LOGINS_AT_ONCE": 40,
        "RESOLVER": _resolver(),
        "BUCKET": bucket_of(host),
        # They are on this machine: whether one is there is known at once, and one that was gone is asked again at once.
        "WEB_SERVERS": " ".join(f"server unix:{host.folder}/run/web-{n}.sock max_fails=0;" for n in range(count)),
        "AS_OWNER": f"user={host.owner}" if host.is_root else "",
    }
    (host.folder / "nginx").mkdir(exist_ok=True)
    shutil.copytree(DEPLOY / "sorry", host.folder / "nginx/sorry", dirs_exist_ok=True)
    for source in sorted(DEPLOY.glob("nginx*.conf")):
        (host.folder / "nginx" / source.name).write_text(fill_in(source.read_text(), values))
    for name in ("supervisord.conf", "clamd.conf", "freshclam.conf"):
        (host.folder / name).write_text(fill_in((DEPLOY / name).read_text(), values))
    # A scanner needs one signature to start; this is the industry's test file. The others are fetched.
    shutil.copyfile(DEPLOY / "own.ndb", host.folder / "signatures/own.ndb")

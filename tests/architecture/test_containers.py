"""The images and the compose file, as far as a machine without Docker can tell: everything they name is there."""

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "platform/deploy"))
from making import bucket_of  # noqa: E402 (scripts of their own, outside the packages)
from place import Host  # noqa: E402
from processes import fill_in  # noqa: E402

DOCKERFILE = (ROOT / "Dockerfile").read_text()
SET = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_every_part_of_the_set_is_a_service():
    assert set(SET) == {"database", "cache", "search", "scanner", "prepare", "web", "worker", "front"}
    assert [name for name, service in SET.items() if "ports" in service] == ["front"], (
        "only nginx is reached from outside"
    )


def test_whatever_the_images_copy_is_there_and_the_whole_release_is_copied():
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    names = [name for line in copied for name in line]
    assert all(list(ROOT.glob(name)) for name in names)
    released = re.search(r"RELEASED = \(([^)]+)\)", (ROOT / "platform/deploy/making.py").read_text())[1]
    assert set(re.findall(r'"([^"]+)"', released)) <= set(names)


def test_the_containers_know_every_variable_of_the_site_that_the_set_decides():
    known = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    given = set(SET["web"]["environment"])
    assert given <= known
    assert {"DATABASE_URL", "CACHE_URL", "SEARCH_URL", "CLAMD_URL", "PAGE_STORE", "ACCEL_PREFIX"} <= given


def test_nginx_of_a_machine_fetches_from_the_bucket_that_the_site_names_and_gets_no_key(tmp_path):
    host = Host(tmp_path)
    for line, expected in {
        "STORAGE_URL='s3+https://key:a%2Fb@s3.example.eu:9000/kennis?region=eu'": "https://s3.example.eu:9000",
        "STORAGE_URL=": "",
        "SECRET_KEY=x": "",
    }.items():
        host.environment_file.write_text(f"DEBUG=0\n{line}\n")
        assert bucket_of(host) == expected


def test_nginx_lets_go_of_a_resting_line_before_the_site_does():
    site = runpy.run_path(str(ROOT / "platform/deploy/gunicorn.conf.py"))
    upstream = re.search(
        r"upstream site \{(.+?)\n    \}", (ROOT / "platform/deploy/nginx.conf").read_text(), re.DOTALL
    )[1]
    assert int(re.search(r"keepalive_timeout (\d+)s;", upstream)[1]) < site["keepalive"]


@pytest.mark.parametrize("command", ["web", "worker", "prepare"])
def test_each_command_of_a_container_is_one_that_its_script_knows(command):
    assert SET[command]["command"] == command
    assert f"    {command})" in (ROOT / "platform/deploy/container.sh").read_text()


def test_nginx_takes_the_configuration_of_the_container(tmp_path, program):
    nginx = program("nginx-light", "nginx")
    block = DOCKERFILE[DOCKERFILE.index("ENV NGINX_ENVSUBST") :].split("CMD")[0].replace("\\\n", " ")
    values = {name: quoted or plain for name, quoted, plain in re.findall(r'([A-Z_]+)=(?:"([^"]*)"|(\S+))', block)}
    values |= {"ADDRESS": "https://kennis.example.nl", "HOST": "kennis.example.nl", "USER": "root"}
    # What only exists inside: folders, the name of the other container, and a newer nginx that looks it up again.
    values |= {"RUN": tmp_path, "DEPLOY": tmp_path, "DATA_DIR": tmp_path, "PAGE_STORE": tmp_path, "RESOLVER": ""}
    values |= {"WEB_SERVERS": "server 127.0.0.1:8000;", "HTTP_PORT": "18080", "HTTPS_PORT": "18443"}
    values |= {"CERTIFICATE": tmp_path / "c.pem", "CERTIFICATE_KEY": tmp_path / "k.pem"}
    subprocess.run(
        [shutil.which("openssl") or "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
         "-keyout", tmp_path / "k.pem", "-out", tmp_path / "c.pem"], check=True, capture_output=True,
    )  # fmt: skip
    for source in (ROOT / "platform/deploy").glob("nginx*.conf"):
        (tmp_path / source.name).write_text(fill_in(source.read_text(), values))
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

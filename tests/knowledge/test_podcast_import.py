"""Taking over a podcast: every episode once, with the GUID that apps know."""

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import EpisodePage

pytestmark = pytest.mark.django_db
FEED = "/feeds/podcast/thuis-gesproken.xml"


def test_import_keeps_guids_and_a_second_run_adds_nothing(client, tmp_path, capsys):
    file = tmp_path / "feed.xml"
    source = client.get(FEED).content
    pages = list(EpisodePage.originals())
    guids = {page.guid for page in pages}
    for page in pages:
        (tmp_path / page.recording.url.rsplit("/", 1)[1]).write_bytes(page.recording.file.read())
        page.delete()
    broken = b"<item><title>Kapot</title></item><item><title>Zonder geluid</title><guid>x-1</guid><pubDate>ooit</pubDate></item>"
    file.write_bytes(source.replace(b"</channel>", broken + b"</channel>"))
    (tmp_path / "weten-hoe-het-is.mp3").write_bytes(b"geen geluid")
    call_command("import_podcast", str(file), podcast="thuis-gesproken", folder=tmp_path)
    out = capsys.readouterr().out
    assert "“Kapot” heeft geen GUID" in out
    assert "“Zonder geluid”: het geluid" in out
    assert "“Weten hoe het is”:" in out
    assert "7 new drafts, 0 known already." in out
    assert set(EpisodePage.originals().values_list("guid", flat=True)) == guids | {"x-1"}
    again = EpisodePage.originals().get(title="De eerste nacht in een eigen huis")
    assert (again.live, again.episode_number, again.recording.size > 0) == (False, 1, True)
    call_command("import_podcast", str(file), podcast="thuis-gesproken")
    assert "0 new drafts, 7 known already." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("thuis-gesproken", b"<rss", "geen leesbare feed"),
        ("thuis-gesproken", b"<html/>", "geen podcastfeed"),
        ("thuis-gesproken", b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "geen leesbare feed"),
        ("onbekend", b"<rss/>", "no podcast"),
        ("thuis-gesproken", None, "no file"),
    ],
)
def test_a_feed_that_cannot_be_taken_over_is_refused_in_one_sentence(tmp_path, name, data, words):
    file = tmp_path / "feed.xml"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(CommandError, match=words):
        call_command("import_podcast", str(file), podcast=name)

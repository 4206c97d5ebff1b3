"""Searching: Dutch words find each other, and nobody finds what is not for him."""

import pytest

from knowledge.models import FrameworkPage, PracticeArticlePage, PracticeIndexPage
from thuisbasis.network.models import Audience, Practice
from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.services import forget, index, rebuild, search

pytestmark = pytest.mark.django_db


def only(kind):
    return {"kind": frozenset({kind})}


def kinds_in(found):
    return {value.value: value.count for facet in found.facets if facet.name == "kind" for value in facet.values}


def test_an_article_is_found_by_another_form_of_its_words():
    found = search(text="zondagen", visitor=ANONYMOUS)
    assert "De lange zondag" in [hit.entry.name for hit in found.hits]


def test_every_word_must_occur():
    both = search(text="hond buren", visitor=ANONYMOUS)
    assert not both.is_relaxed
    assert 0 < both.total <= min(search(text=word, visitor=ANONYMOUS).total for word in ("hond", "buren"))


def test_when_nothing_has_all_words_what_has_some_is_shown_and_said_to_be_so():
    found = search(text="dakloze eenzamer zondagen xyzzy", visitor=ANONYMOUS)
    assert found.is_relaxed
    assert "De lange zondag" in [hit.entry.name for hit in found.hits]


def test_a_long_word_that_is_nowhere_finds_what_has_all_its_parts():
    found = search(text="bewonersmaaltijd", visitor=ANONYMOUS)
    assert found.is_relaxed
    assert "De lange zondag" in [hit.entry.name for hit in found.hits]


def test_a_title_weighs_more_than_a_text():
    assert search(text="huurcontract", visitor=ANONYMOUS).hits[0].entry.name == "Een huurcontract op eigen naam"


def test_counts_per_kind_add_up_to_the_total():
    found = search(text="wonen", visitor=ANONYMOUS)
    assert sum(kinds_in(found).values()) == found.total > 10


def test_a_chosen_kind_narrows_the_hits_and_keeps_the_counts():
    everything = search(text="brussel", visitor=ANONYMOUS)
    projects = search(text="brussel", visitor=ANONYMOUS, selected=only("project"))
    assert {hit.entry.kind for hit in projects.hits} == {"project"}
    assert kinds_in(projects) == kinds_in(everything)


@pytest.mark.parametrize(
    "text", ["", "   ", "de het een", "!!!", "\x00", "%", "' OR 7=7 --", '"', "*", "MATCH(", "a" * 5000]
)
def test_odd_queries_find_nothing_and_break_nothing(text):
    assert search(text=text, visitor=ANONYMOUS).total == 0


def test_a_page_number_beyond_the_end_shows_the_last_page():
    found = search(text="wonen", visitor=ANONYMOUS, page=999)
    assert found.page == found.page_count
    assert found.hits


def test_an_unknown_kind_is_ignored():
    assert search(text="zondag", visitor=ANONYMOUS, selected=only("nonsense")).total > 0


def test_markup_in_a_text_is_shown_and_not_obeyed(client):
    entry = SearchEntry.objects.get(name="De lange zondag")
    entry.summary = "<script>alert(1)</script> zondag"
    entry.save()
    page = client.get("/zoeken/", {"q": "zondag"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_a_practice_finds_its_own_document_and_others_do_not():
    practice, other = Practice.objects.all()[:2]
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    article.audience, article.practice = Audience.OWN_PRACTICE, practice
    article.save_revision().publish()
    mine = Visitor(practice_ids=frozenset({practice.pk}))
    theirs = Visitor(practice_ids=frozenset({other.pk}))
    assert "De lange zondag" in [hit.entry.name for hit in search(text="zondag", visitor=mine).hits]
    for visitor in (theirs, ANONYMOUS):
        assert "De lange zondag" not in [hit.entry.name for hit in search(text="zondag", visitor=visitor).hits]


def test_an_unpublished_page_is_forgotten():
    PracticeArticlePage.objects.get(slug="de-lange-zondag").unpublish()
    assert not SearchEntry.objects.filter(name="De lange zondag").exists()


def test_a_deleted_page_is_forgotten():
    PracticeArticlePage.objects.get(slug="de-lange-zondag").delete()
    assert not SearchEntry.objects.filter(name="De lange zondag").exists()


def test_a_renamed_page_is_found_at_its_new_address():
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    article.slug = "zondag-samen"
    article.save_revision().publish()
    assert SearchEntry.objects.get(name="De lange zondag").url == "/praktijkvoorbeelden/zondag-samen/"


def test_a_moved_section_takes_the_addresses_of_its_pages_along(django_capture_on_commit_callbacks):
    article = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    section = article.get_parent().specific
    section.slug = "voorbeelden"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert SearchEntry.objects.get(name="De lange zondag").url == "/voorbeelden/de-lange-zondag/"


def test_a_rebuild_drops_what_is_gone_and_repairs_what_is_wrong():
    before = SearchEntry.objects.count()
    entry = SearchEntry.objects.get(name="De lange zondag")
    SearchEntry.objects.filter(pk=entry.pk).update(name="Fout", source_pk=999_999)
    progress = []
    assert rebuild(progress=progress.append) == before
    assert SearchEntry.objects.filter(name="De lange zondag").exists()
    assert not SearchEntry.objects.filter(name="Fout").exists()
    assert progress[-1] >= before


def test_what_is_not_declared_cannot_be_indexed(django_user_model):
    stranger = django_user_model(email="x@example.nl")
    index(instance=stranger)
    forget(instance=stranger)
    assert not SearchEntry.objects.filter(name__contains="x@example.nl").exists()


def test_the_results_page_helps_when_nothing_is_found(client):
    page = client.get("/zoeken/", {"q": "xyzzy"}).content.decode()
    assert "Niets gevonden voor “xyzzy”" in page
    assert "/themas/" in page


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999999", "²"])
def test_an_odd_page_number_shows_a_page(client, number):
    assert client.get("/zoeken/", {"q": "wonen", "pagina": number}).status_code == 200


def test_the_command_rebuilds_search(capsys):
    from django.core.management import call_command

    call_command("rebuild_search")
    assert "entries" in capsys.readouterr().out


def test_names_of_levels_and_kinds_are_not_found():
    assert search(text="tussenkop", visitor=ANONYMOUS).total == 0


def test_a_draft_is_forgotten_when_it_is_indexed():
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    page.live = False
    index(instance=page)
    assert not SearchEntry.objects.filter(name="De lange zondag").exists()


def test_practices_are_found_only_while_a_page_lists_them():
    directory = PracticeIndexPage.objects.get(slug="praktijken")
    practice = Practice.objects.get(name="Stadshaard")
    assert search(text="stadshaard", visitor=ANONYMOUS).total == 1
    directory.unpublish()
    practice.save()
    assert search(text="stadshaard", visitor=ANONYMOUS).total == 0
    directory.save_revision().publish()
    assert search(text="stadshaard", visitor=ANONYMOUS).total == 1


def test_elements_are_found_only_while_a_page_shows_them():
    framework = FrameworkPage.objects.get(slug="voorzorg")
    assert "Outreach" in [
        hit.entry.name for hit in search(text="outreach", visitor=ANONYMOUS, selected=only("element")).hits
    ]
    for page in FrameworkPage.objects.filter(framework=framework.framework):
        page.unpublish()
    framework.framework.elements.get(code="VZ1.K1").save()
    assert "element" not in kinds_in(search(text="outreach", visitor=ANONYMOUS))

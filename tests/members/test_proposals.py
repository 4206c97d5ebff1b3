"""From what a practice does to an article on the site: proposed, talked about with the editors, published with credit."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from upload_corpus import pdf
from wagtail.models import Page, TaskState

from knowledge.models import ArticleIndexPage, PracticeArticlePage
from members.exchange.models import Answer, Proposal
from members.exchange.services import (
    NoPlaceForProposals,
    NotYourProposal,
    ProposalIsClosed,
    propose_article,
    revise_proposal,
)
from members.exchange.services.proposing import content_of, proposal_state
from thuisbasis.network.models import Person
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.services import inbox

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()
FORM = {
    "title": "De eerste sleutel samen ophalen",
    "summary": "Wij halen de sleutel nooit alleen op.",
    "text": "Eerst koffie.\n\nDan <b>samen</b> naar het huis.",
    "aim": "Minder stilte op de eerste dag.",
    "target_group": "",
    "results": "Mensen slapen er de eerste nacht.",
    "what_did_not_work": "",
    "themes": [],
    "credits_author": "on",
    "practice_agrees": "on",
}


@pytest.fixture
def propose(client, user, practice):
    def do(name="lid", **changes):
        client.force_login(user(name))
        answer = client.post("/leden/voorstellen/nieuw/", {**FORM, "practice": practice.pk, **changes})
        assert answer.status_code == 302, answer.context["form"].errors
        return Proposal.objects.get(key=answer.url.strip("/").split("/")[-1])

    return do


def editors_answer(client, user, proposal, action, comment=""):
    """Let the moderator act in Wagtail's own admin."""
    client.force_login(user("redactie"))
    task = TaskState.objects.get(workflow_state=proposal.page.current_workflow_state, status="in_progress")
    url = reverse("wagtailadmin_pages:workflow_action", args=[proposal.page_id, action, task.pk])
    answer = client.post(url, {"comment": comment}, follow=True)
    assert answer.status_code == 200


def test_a_proposal_goes_to_the_editors_back_and_onto_the_site_with_credit(client, user, visitor, propose, practice):
    practice.email = "team@example.nl"
    practice.save()
    proposal = propose()
    page = PracticeArticlePage.objects.get(pk=proposal.page_id)
    assert (page.live, page.get_parent().specific_class, page.practice.name) == (
        False,
        ArticleIndexPage,
        "Thuis aan de IJssel",
    )
    assert proposal_state(proposal).name == "waiting"
    assert any("redactie@example.nl" in message.to for message in mail.outbox)
    mail.outbox.clear()

    editors_answer(client, user, proposal, "reject", "Hoe lang doen jullie dit al?")
    client.force_login(user("lid"))
    shown = client.get(proposal.get_absolute_url()).content.decode()
    assert "Hoe lang doen jullie dit al?" in shown
    assert "De redactie vraagt je iets" in shown
    to_member = [message for message in mail.outbox if message.to == ["lid@example.nl"]]
    assert [row.subject for row in to_member if "ingelogd" not in row.subject] == [
        "De redactie schreef over je voorstel “De eerste sleutel samen ophalen”"
    ]
    assert proposal.get_absolute_url() in to_member[0].body
    assert "/cms/" not in to_member[0].body

    revised = {**FORM, "text": "Sinds 2019.\n\nEerst koffie.", "answer": "Al vijf jaar."}
    revised = {name: value for name, value in revised.items() if name not in ("credits_author", "practice_agrees")}
    assert client.post(f"{proposal.get_absolute_url()}aanpassen/", revised).status_code == 302
    thread = client.get(proposal.get_absolute_url()).content.decode()
    assert thread.index("Hoe lang") < thread.index("Al vijf jaar.")
    assert proposal_state(Proposal.objects.get(pk=proposal.pk)).name == "waiting"

    editors_answer(client, user, proposal, "approve")
    page = PracticeArticlePage.objects.get(pk=proposal.page_id)
    assert page.live
    client.logout()
    article = client.get(page.url).content.decode()
    assert "Sinds 2019." in article
    assert "Sanne Verzonnen" in article
    assert "Thuis aan de IJssel" in article
    texts = [str(row.text) for row in inbox(user=user("lid"), visitor=visitor(user("lid")))]
    assert "Je voorstel “De eerste sleutel samen ophalen” staat op de site" in texts
    client.force_login(user("lid"))
    assert page.url in client.get(proposal.get_absolute_url()).content.decode()
    assert client.get(f"{proposal.get_absolute_url()}aanpassen/").status_code == 404
    with pytest.raises(ProposalIsClosed):
        revise_proposal(
            proposal=Proposal.objects.get(pk=proposal.pk), author=user("lid"), content=content_of(proposal),
            answer="", overridden=[], now=NOW,
        )  # fmt: skip


def test_markup_in_a_proposal_is_text(propose):
    page = propose().page.get_latest_revision_as_object()
    assert "&lt;b&gt;samen&lt;/b&gt;" in str(page.body[0].value.source)


def test_a_proposal_is_its_authors_own(client, user, propose):
    proposal = propose()
    for name in ("fatima", "coordinator", "redactie"):
        client.force_login(user(name))
        assert client.get(proposal.get_absolute_url()).status_code == 404
        assert proposal.title not in client.get("/leden/voorstellen/").content.decode()
    with pytest.raises(NotYourProposal):
        revise_proposal(
            proposal=proposal, author=user("fatima"), content=content_of(proposal), answer="", overridden=[], now=NOW
        )
    client.force_login(user("lid"))
    assert proposal.title in client.get("/leden/voorstellen/").content.decode()


def test_without_a_name_there_is_no_person_and_a_known_person_is_not_doubled(propose, user):
    propose(credits_author="")
    assert not Person.objects.filter(email="lid@example.nl").exists()
    propose()
    propose()
    person = Person.objects.get(email="lid@example.nl")
    assert person.consents.count() == 1


def test_editors_put_a_proposal_aside_and_its_author_hears_it(client, user, visitor, propose):
    proposal = propose()
    client.force_login(user("redactie"))
    proposal.page.current_workflow_state.cancel(user=user("redactie"))
    texts = [str(row.text) for row in inbox(user=user("lid"), visitor=visitor(user("lid")))]
    assert any("opzij" in text for text in texts)
    client.force_login(user("lid"))
    assert "gaat hier niet mee verder" in client.get(proposal.get_absolute_url()).content.decode()
    Page.objects.get(pk=proposal.page_id).delete()
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal_state(proposal).name == "gone"
    assert content_of(proposal) == {"title": proposal.title}
    assert client.get(proposal.get_absolute_url()).status_code == 200


def test_an_answer_becomes_a_proposal_with_one_click_for_who_may_see_it(client, user):
    client.force_login(user("lid"))
    answer = Answer.objects.filter(question__audience="network").first()
    page = client.get(f"/leden/voorstellen/nieuw/?antwoord={answer.pk}").content.decode()
    assert answer.text.split(".")[0] in page
    answer.question.audience = "steering_group"
    answer.question.save()
    for key in (answer.pk, "x", "999999"):
        assert answer.text.split(".")[0] not in client.get(f"/leden/voorstellen/nieuw/?antwoord={key}").content.decode()


def test_a_document_becomes_a_proposal_with_one_click_for_who_may_see_it(client, user, share):
    document = share(audience="own_practice", data=pdf("Koffie op dag een"), title="Draaiboek")
    client.force_login(user("fatima"))
    page = client.get(f"/leden/voorstellen/nieuw/?document={document.key}").content.decode()
    assert "Koffie op dag een" in page
    assert 'value="Draaiboek"' in page
    client.force_login(user("daan"))
    for key in (document.key, "x", "0" * 32):
        assert "Draaiboek" not in client.get(f"/leden/voorstellen/nieuw/?document={key}").content.decode()


def test_what_was_typed_stays_when_something_is_missing(client, user, practice):
    client.force_login(user("lid"))
    form = {**FORM, "practice": practice.pk, "summary": "woord " * 130, "practice_agrees": ""}
    text = client.post("/leden/voorstellen/nieuw/", form).content.decode()
    assert "Eerst koffie." in text
    assert "hooguit 120" in text


def test_nobody_proposes_for_another_practice_or_into_nothing(user, visitor, practice):
    content = {**FORM, "credits_author": False}
    arguments = {"content": content, "overridden": [], "now": NOW, "practice": practice}
    with pytest.raises(NotForYou):
        propose_article(author=user("daan"), visitor=visitor(user("daan")), **arguments)
    person = user("lid")
    ArticleIndexPage.objects.update(live=False)
    with pytest.raises(NoPlaceForProposals):
        propose_article(author=person, visitor=visitor(person), **arguments)


def test_without_a_workflow_the_form_says_so_and_keeps_everything(client, user, practice):
    from wagtail.models import WorkflowPage

    WorkflowPage.objects.all().delete()
    client.force_login(user("lid"))
    text = client.post("/leden/voorstellen/nieuw/", {**FORM, "practice": practice.pk}).content.decode()
    assert "kan nu geen voorstellen ontvangen" in text
    assert "Eerst koffie." in text
    assert not PracticeArticlePage.objects.filter(title=FORM["title"]).exists()


def test_a_proposal_may_be_changed_while_it_waits_without_saying_anything(client, user, propose):
    proposal = propose()
    client.force_login(user("lid"))
    form = {name: value for name, value in FORM.items() if name not in ("credits_author", "practice_agrees")}
    form |= {"title": "Samen de sleutel halen", "answer": ""}
    assert client.post(f"{proposal.get_absolute_url()}aanpassen/", form).status_code == 302
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.title, proposal.messages.count()) == ("Samen de sleutel halen", 0)
    assert proposal_state(proposal).name == "waiting"


def test_an_editor_who_also_works_at_a_practice_keeps_wagtails_mail(user, practice, propose):
    from wagtail.users.models import UserProfile

    from thuisbasis.network.models import Membership, Role

    Membership.objects.create(user=user("redactie"), practice=practice, role=Role.MEMBER, start_date="2020-01-01")
    propose("redactie")
    assert UserProfile.get_for_user(user("redactie")).rejected_notifications

"""Canaries in every corner of the self-assessment."""

import io
from datetime import timedelta

from django.utils import timezone
from upload_corpus import docx

from members.assessments.models import (
    Answer,
    Assessment,
    AssessmentRound,
    Consensus,
    Evidence,
    ImprovementAction,
    InstrumentVersion,
    PeerReview,
    RaterResponse,
)
from members.assessments.policies import State
from members.assessments.services import make_final
from members.assessments.services.exporting import as_data
from members.assessments.services.importing import keep_instrument
from thuisbasis.accounts.models import User
from thuisbasis.files.services import store_file
from thuisbasis.network.services import visitor_for


def release_mirror(flock, word):
    """Give the practice an assessment with something in every corner of it, and one with a licensed text."""
    current = AssessmentRound.objects.get(closed_at=None, version__instrument__code="hf-demo")
    assessment = Assessment.objects.get(round=current, practice=flock.practice)
    text = {name: word(name, "own_practice") for name in ("consensus", "evidence", "action", "review")}
    person = {"saved_by": flock.author, "saved_at": flock.now}
    Consensus.objects.create(assessment=assessment, item_code="A1", choice="2", note=text["consensus"], **person)
    stored = store_file(name="bewijs.docx", file=io.BytesIO(docx(word("proof", "own_practice"))), now=flock.now)
    evidence = Evidence.objects.create(
        assessment=assessment, item_code="A1", title=text["evidence"], file=stored, added_by=flock.author,
        added_at=flock.now,
    )  # fmt: skip
    Answer.objects.filter(response__assessment=assessment, item_code="A2").update(
        choice="NA", reason=word("answer", "rater")
    )
    visitor = visitor_for(user=flock.author, today=timezone.localdate())
    make_final(assessment=assessment, shares=False, actor=flock.author, visitor=visitor, now=flock.now)
    action = ImprovementAction.objects.create(
        assessment=assessment, title=text["action"], item_codes=["A1"], owner=flock.author,
        due_date=timezone.localdate(), created_at=flock.now,
    )  # fmt: skip
    PeerReview.objects.create(
        assessment=assessment, reviewer=User.objects.get(email="ruben@example.nl"), asked_by=flock.author,
        asked_at=flock.now, submitted_at=flock.now, closed_at=flock.now, summary=text["review"],
    )  # fmt: skip
    review = PeerReview.objects.get(summary=text["review"])
    report = assessment.report_url
    flock.note(
        text["consensus"], "own_practice", report, report[:-1] + ".csv", f"{assessment.get_absolute_url()}logboek/"
    )
    flock.note(text["evidence"], "own_practice", report)
    flock.note(text["action"], "own_practice", report, action.get_absolute_url())
    flock.note(text["review"], "own_practice", review.get_absolute_url())
    flock.note(word("proof", "own_practice"), "own_practice", f"/leden/zelfevaluatie/bewijs/{evidence.key}/bestand/")
    form = RaterResponse.objects.filter(assessment=assessment, is_on_paper=False, user=flock.author).get()
    own = [form.get_absolute_url(), f"{form.get_absolute_url()}A/", assessment.get_absolute_url()]
    flock.note(word("answer", "rater"), "its rater", *own[:2])
    release_licensed(flock, word)


def release_licensed(flock, word):
    """Let the practice assess itself with a text that only the steering group may read."""
    version = InstrumentVersion.objects.get(instrument__code="hf-demo")
    data = as_data(version)
    data["instrument"] |= {"code": "licentie", "title": "Een schaal met licentie", "purpose": ""}
    data["instrument"]["rights"] |= {
        "licensed_text": True, "licence_holder": "Houder", "licence_reference": "1", "visible_to": "steering_group",
    }  # fmt: skip
    data["domains"][0]["items"][0]["text"] = f"Hoe vaak {word('licence', 'text')}?"
    licensed = keep_instrument(data=data)
    InstrumentVersion.objects.filter(pk=licensed.pk).update(status="published")
    today = timezone.localdate()
    current = AssessmentRound.objects.create(
        version=licensed, title="Met licentie", opens_date=today, closes_date=today + timedelta(days=9)
    )
    assessment = Assessment.objects.create(
        round=current, practice=flock.practice, profile={"Q1": ["verspreid"], "Q2": "verhuurder", "Q3": 3},
        state=State.CONSENSUS, started_by=flock.author, started_at=flock.now,
    )  # fmt: skip
    url = assessment.get_absolute_url()
    flock.note(word("licence", "text"), "whom the licence names", f"{url}afspreken/A/", f"{url}formulier.pdf")

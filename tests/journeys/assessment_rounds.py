"""Opens a round of the mirror for the browser tests on the server's copy of the demo; run by `manage.py shell`."""

from datetime import timedelta

from django.utils import timezone

from members.assessments.models import AssessmentRound, InstrumentVersion

today = timezone.localdate()
AssessmentRound.objects.create(
    title="Proefronde",
    version=InstrumentVersion.objects.get(instrument__code="hf-demo"),
    opens_date=today,
    closes_date=today + timedelta(days=30),
)

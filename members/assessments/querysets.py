"""Reads of the self-assessment."""

from datetime import date, timedelta
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from thuisbasis.network.policies import Visitor


class RoundQuerySet(models.QuerySet):
    """Rounds."""

    def open_on(self, day: date) -> Self:
        """Keep the rounds in which practices may begin on this day."""
        return self.filter(opens_date__lte=day, closes_date__gte=day, closed_at__isnull=True)

    def to_close(self, day: date) -> Self:
        """Keep the rounds whose last day is past and that nobody closed yet."""
        return self.filter(closes_date__lt=day, closed_at__isnull=True)


class AssessmentQuerySet(models.QuerySet):
    """Assessments."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep those of the practices where this visitor works: nobody else sees them, whoever it is."""
        return self.filter(practice_id__in=sorted(visitor.practice_ids))

    def waiting_for(self, visitor: Visitor) -> Self:
        """Keep conversations that go on, and open rounds in which the visitor's form, `own_form`, is not handed in."""
        forms = apps.get_model("assessments.RaterResponse").objects.open_to(visitor).waiting()
        mine = forms.filter(assessment=OuterRef("pk"), is_on_paper=False).values("key")[:1]
        rows = self.annotate(own_form=Subquery(mine))
        return rows.filter(Q(state="consensus") | Q(state="open", own_form__isnull=False))

    def with_everything(self) -> Self:
        """Fetch the round, its version and the practice along."""
        return self.select_related("round__version__instrument", "practice__care_provider")

    def with_progress(self) -> Self:
        """Count the forms: `asked` and `submitted`."""
        handed_in = Q(responses__submitted_at__isnull=False)
        rows = self.annotate(asked=Count("responses"), submitted=Count("responses", filter=handed_in))
        # Counting groups the rows, and then Django forgets the order of the model.
        return rows.order_by("-round__opens_date", "practice__name", "pk")


class PracticesOwnQuerySet(models.QuerySet):
    """Rows that belong to an assessment, and so to its practice."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep those of assessments that this visitor may see."""
        return self.filter(assessment__practice_id__in=sorted(visitor.practice_ids))


class RaterResponseQuerySet(models.QuerySet):
    """Forms of raters."""

    def open_to(self, visitor: Visitor) -> Self:
        """Keep the visitor's own forms, at practices where he or she works."""
        return self.filter(user_id=visitor.user_id or -1, assessment__practice_id__in=sorted(visitor.practice_ids))

    def submitted(self) -> Self:
        """Keep what was handed in."""
        return self.filter(submitted_at__isnull=False)

    def waiting(self) -> Self:
        """Keep what was not, of assessments that still wait for it."""
        return self.filter(submitted_at__isnull=True, assessment__state="open")


class PeerReviewQuerySet(models.QuerySet):
    """Reviews by somebody of another care provider."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep the visitor's own, those of the own practice once they are in, and what was shared with the network."""
        practices = Q(assessment__practice_id__in=sorted(visitor.practice_ids), submitted_at__isnull=False)
        shared = (
            Q(shared_at__isnull=False, submitted_at__isnull=False) if "network" in visitor.audiences else Q(pk__in=[])
        )
        return self.filter(Q(reviewer_id=visitor.user_id or -1) | practices | shared)

    def to_close(self, day: date) -> Self:
        """Keep those whose time to say what is wrong is over."""
        return self.filter(check_until_date__lt=day, closed_at__isnull=True)


class BenchmarkQuerySet(models.QuerySet):
    """What practices are compared with."""

    def of_network(self) -> Self:
        """Keep what was computed over everyone, for whoever may see the network."""
        return self.filter(practice__isnull=True, peer_group="network")


class BuddyOfferQuerySet(models.QuerySet):
    """Practices that are willing to be asked."""

    def by_others(self, visitor: Visitor) -> Self:
        """Keep offers of practices of the network where the visitor does not work."""
        return self.filter(practice__in_network=True).exclude(practice_id__in=sorted(visitor.practice_ids))


class ActionQuerySet(PracticesOwnQuerySet):
    """Improvement actions."""

    def unfinished(self) -> Self:
        """Keep what is not done."""
        return self.exclude(state="done")

    def due_within(self, day: date, days: int) -> Self:
        """Keep what is to be done before so many days have passed."""
        return self.unfinished().filter(due_date__lte=day + timedelta(days=days))

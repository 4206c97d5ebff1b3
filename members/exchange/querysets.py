"""Reads of the exchange."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thuisbasis.network.policies import Visitor
from thuisbasis.network.querysets import VisibleQuerySetMixin, audience_filter


class PostQuerySetMixin(VisibleQuerySetMixin):
    """For querysets over what people write."""

    def shown(self) -> Self:
        """Keep what nobody hid."""
        return self.filter(hidden_at__isnull=True)

    def between(self, since: datetime, until: datetime) -> Self:
        """Keep what was written after the first moment and up to the second."""
        return self.filter(created_at__gt=since, created_at__lte=until)


class QuestionQuerySet(PostQuerySetMixin):
    """Questions."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is meant for this visitor and not hidden."""
        return super().visible_to(visitor).shown()

    def unanswered(self) -> Self:
        """Keep questions without an answer that is shown."""
        return self.filter(~Exists(self._answers_of_each()))

    def for_list(self) -> Self:
        """Fetch along what a list shows: who asked, where he or she works and how many answers there are."""
        # Counted for each question apart: to count while joining, all questions that there are would be put in groups.
        counts = self._answers_of_each().order_by().values("question").annotate(number=Count("pk")).values("number")
        rows = self.select_related("author", "practice", "working_group")
        return rows.annotate(answer_count=Coalesce(Subquery(counts), 0))

    def _answers_of_each(self) -> QuerySet:
        answers: Any = self.model._meta.get_field("answers").related_model
        return answers.objects.filter(question=OuterRef("pk"), hidden_at__isnull=True)


class AnswerQuerySet(PostQuerySetMixin):
    """Answers; who sees the question sees them."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is not hidden, of questions that this visitor may see."""
        return self.shown().filter(audience_filter(visitor, prefix="question__"), question__hidden_at__isnull=True)


class AnnouncementQuerySet(PostQuerySetMixin):
    """Announcements of the steering group."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is meant for this visitor and not hidden."""
        return super().visible_to(visitor).shown()

    def current(self, today: date) -> Self:
        """Keep what stands on dashboards today."""
        return self.filter(until_date__gte=today)


def working_days_before(moment: datetime, days: int) -> datetime:
    """Return the moment this many working days (Monday to Friday) earlier."""
    while days:
        moment -= timedelta(days=1)
        if moment.weekday() < 5:
            days -= 1
    return moment

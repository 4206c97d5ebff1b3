"""Reads of the exchange."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

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
        answers: Any = self.model._meta.get_field("answers").related_model
        shown = answers.objects.filter(question=OuterRef("pk"), hidden_at__isnull=True)
        return self.filter(~Exists(shown))

    def for_list(self) -> Self:
        """Fetch along what a list shows: who asked, where he or she works and how many answers there are."""
        count = Count("answers", filter=Q(answers__hidden_at__isnull=True))
        rows = self.select_related("author", "practice", "working_group").annotate(answer_count=count)
        # Counting groups the rows, and then Django forgets the order of the model.
        return rows.order_by("-created_at", "-pk")


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

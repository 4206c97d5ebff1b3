"""Reads of the library."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from thuisbasis.network.policies import Visitor
from thuisbasis.network.querysets import VisibleQuerySetMixin, audience_filter

REMINDED_BEFORE = timedelta(days=30)


class DocumentQuerySet(VisibleQuerySetMixin):
    """Documents."""

    def available(self) -> Self:
        """Keep what is shared, has a clean version and is not hidden."""
        return self.filter(_available())

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is available and meant for this visitor."""
        return super().visible_to(visitor).available()

    def open_to(self, visitor: Visitor) -> Self:
        """Keep what this visitor may open: what is visible, and what he or she is about to share.

        What one shared oneself stays open while it is looked at, as long as one belongs to the
        practice that shares it.
        """
        own = Q(author=visitor.user_id, practice__in=visitor.practice_ids, hidden_at__isnull=True)
        unready = Q(shared_at__isnull=True) | Q(current__isnull=True)
        return self.filter((audience_filter(visitor) & _available()) | (own & unready))

    def drafts_of(self, user: Any) -> Self:
        """Keep what this person uploaded and did not share yet, in the order of uploading."""
        return self.filter(author=user, shared_at__isnull=True, hidden_at__isnull=True).order_by("pk")

    def for_list(self) -> Self:
        """Fetch along what a list shows."""
        return self.select_related("practice", "working_group", "folder", "current__file")

    def between(self, since: datetime, until: datetime) -> Self:
        """Keep what was shared after the first moment and up to the second."""
        return self.filter(shared_at__gt=since, shared_at__lte=until)

    def of_practices(self, practice_ids: Any) -> Self:
        """Keep what these practices share."""
        return self.filter(practice__in=practice_ids, shared_at__isnull=False)

    def orphaned(self) -> Self:
        """Keep what nobody looks after."""
        return self.filter(owner__isnull=True)

    def to_remind(self, today: date) -> Self:
        """Keep what must be looked at within a month and whose owner does not know yet."""
        return self.filter(
            review_date__lte=today + REMINDED_BEFORE,
            reminded_at__isnull=True,
            owner__isnull=False,
            shared_at__isnull=False,
        )

    def past_their_term(self, today: date) -> Self:
        """Keep what is to be removed by now; never what must be kept."""
        return self.filter(delete_date__lte=today, is_on_hold=False)


def _available() -> Q:
    return Q(shared_at__isnull=False, hidden_at__isnull=True, current__isnull=False)


class FolderQuerySet(models.QuerySet):
    """Folders."""

    def usable_by(self, visitor: Visitor) -> Self:
        """Keep the folders in which this visitor may put something: of the own groups, and of the network.

        Only those in which he or she sees something already: a folder's name can say too much.
        """
        of_network = Q(practice__isnull=True, working_group__isnull=True)
        own = of_network | Q(practice__in=visitor.practice_ids) | Q(working_group__in=visitor.working_group_ids)
        documents: Any = self.model._meta.get_field("documents").related_model
        return self.filter(own, pk__in=documents.objects.visible_to(visitor).values("folder"))


class CommentQuerySet(models.QuerySet):
    """Remarks under documents."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep what is not hidden, under documents that this visitor may see."""
        return self.filter(
            audience_filter(visitor, prefix="document__"),
            hidden_at__isnull=True,
            document__shared_at__isnull=False,
            document__hidden_at__isnull=True,
            document__current__isnull=False,
        )


class ReviewQuerySet(models.QuerySet):
    """Requests to look at a document."""

    def waiting(self) -> Self:
        """Keep what is not answered."""
        return self.filter(answered_at__isnull=True)

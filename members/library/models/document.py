"""Documents of a practice, their versions, and the folders they lie in."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.library.querysets import DocumentQuerySet, FolderQuerySet
from thuisbasis.network.models import Audience, AudienceModel


class Folder(models.Model):
    """A place to look; it grants no rights, and shows only to whoever may see something in it.

    It belongs to a practice, to a working group, or to the network when it has neither.
    """

    name = models.CharField(_("naam van de map"), max_length=80)
    practice = models.ForeignKey(
        "network.Practice", null=True, blank=True, on_delete=models.CASCADE, related_name="folders"
    )
    working_group = models.ForeignKey(
        "network.WorkingGroup", null=True, blank=True, on_delete=models.CASCADE, related_name="folders"
    )

    objects = FolderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("map")
        verbose_name_plural = _("mappen")
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=True) | Q(working_group__isnull=True), name="folder_of_one_group"
            ),
            models.UniqueConstraint(fields=["name", "practice"], name="folder_once_per_practice"),
            models.UniqueConstraint(fields=["name", "working_group"], name="folder_once_per_group"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(practice__isnull=True, working_group__isnull=True),
                name="folder_once_in_the_network",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Document(AudienceModel):
    """A document at an address that stays, whatever version it is in; `practice` is the one that shares it.

    Others see it once it is shared, has a clean version and is not hidden. `owner` looks after it;
    without one it is on the coordinators' list.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titel"), max_length=160)
    description = models.CharField(
        _("waar gaat het over?"), max_length=500, blank=True, help_text=_("Eén of twee zinnen helpen anderen kiezen.")
    )
    themes = models.ManyToManyField("network.Theme", verbose_name=_("thema's"), blank=True, related_name="documents")
    folder = models.ForeignKey(
        Folder, verbose_name=_("map"), null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gedeeld door"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("eigenaar"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="documents",
        help_text=_("Wie kijkt of het nog klopt?"),
    )
    current = models.ForeignKey(
        "library.DocumentVersion", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    review_date = models.DateField(
        _("nakijken op"), null=True, blank=True, help_text=_("Een maand ervoor krijgt de eigenaar een bericht.")
    )
    delete_date = models.DateField(
        _("weghalen op"), null=True, blank=True, help_text=_("Leeg: het blijft tot iemand het weghaalt.")
    )
    is_on_hold = models.BooleanField(
        _("bewaarplicht"), default=False, help_text=_("Aan: niemand kan het weghalen, ook de klok niet.")
    )
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        verbose_name = _("document van leden")
        verbose_name_plural = _("documenten van leden")
        # The newest of a hundred thousand are read without sorting all of them.
        indexes = [models.Index(fields=["-shared_at", "-id"], name="documents_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(audience=Audience.OWN_PRACTICE) | Q(practice__isnull=False), name="own_practice_has_one"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.WORKING_GROUP) | Q(working_group__isnull=False),
                name="working_group_has_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the document's page."""
        return reverse("library:document", args=[self.key])

    @property
    def file_url(self) -> str:
        """Return the address of the newest clean version, which never changes."""
        return reverse("library:file", args=[self.key])

    @property
    def text(self) -> str:
        """Return what it says about itself, for lists of texts of all kinds."""
        return self.description or self.title

    def review_is_due(self, today: date) -> bool:
        """Say whether somebody should have looked at it by now."""
        return self.review_date is not None and self.review_date <= today


class DocumentVersion(models.Model):
    """One version; the file never changes, and neither does its number.

    Versions never expire: one that is named, or that is restored, is always there.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="versions")
    note = models.CharField(_("wat is er anders?"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # Somebody looked at what seemed to be a resident's data, and said that it is none.
    traces_accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_file_per_version")]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"

    @property
    def may_be_seen(self) -> bool:
        """Say whether it is clean and says nothing of a resident, as far as anybody knows."""
        return self.file.is_clean and (not self.file.traces or self.traces_accepted_at is not None)

    @property
    def needs_a_look(self) -> bool:
        """Say whether it waits for somebody to say that it holds no resident's data."""
        return self.file.is_clean and bool(self.file.traces) and self.traces_accepted_at is None

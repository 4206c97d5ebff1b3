"""One row for each thing that can be found, whatever its model."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelsearch import index

from thuisbasis.network.models import AudienceModel
from thuisbasis.search.analysis import stems
from thuisbasis.search.querysets import SearchEntryQuerySet

NAME_WEIGHT = 6


class SearchEntry(index.Indexed, AudienceModel):
    """A findable thing: what is shown of it, who may see it, and the stems that find it.

    `source_pk` is not called `object_id`: the SQLite indexer annotates that name.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_pk = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    published_at = models.DateTimeField(null=True)

    objects = SearchEntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("language"),
        index.FilterField("audience"),
        index.FilterField("practice_id"),
        index.FilterField("working_group_id"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "source_pk"], name="one_entry_per_source")]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Return the stems of the name."""
        return " ".join(stems(self.name, self.language))

    @property
    def body(self) -> str:
        """Return the stems of everything, those of the name `NAME_WEIGHT` times.

        SQLite's index knows no weight per field; a word that occurs more often weighs more on
        every engine.
        """
        rest = " ".join(stems(f"{self.summary}\n{self.text}", self.language))
        return " ".join([*[self.title] * NAME_WEIGHT, rest])

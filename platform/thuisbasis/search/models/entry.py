"""One row for each thing that can be found, whatever its model."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from thuisbasis.network.models import AudienceModel
from thuisbasis.search.analysis import name_tokens, part_tokens, text_tokens
from thuisbasis.search.querysets import SearchEntryQuerySet


class SearchEntry(AudienceModel):
    """A findable thing: what is shown of it, who may see it, and the words that find it.

    The `…_tokens` follow from the texts (`with_tokens`). The database keeps its full-text index in
    step with them by itself: a generated column in PostgreSQL, triggers in SQLite (migration 0004).
    `version` rises with each change, so that a search engine never puts something old over something new.
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
    weight = models.FloatField(default=1.0)
    keywords = models.TextField(blank=True)
    appeared_at = models.DateTimeField(default=timezone.now)
    version = models.BigIntegerField(default=0)
    title_tokens = models.TextField(default="", editable=False)
    summary_tokens = models.TextField(default="", editable=False)
    text_tokens = models.TextField(default="", editable=False)
    part_tokens = models.TextField(default="", editable=False)
    name_words = models.TextField(default="", editable=False)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "source_pk"], name="one_entry_per_source")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the tokens that follow from the texts."""
        super(SearchEntry, self.with_tokens()).save(*args, **kwargs)

    def with_tokens(self) -> "SearchEntry":
        """Work out the tokens, for who saves many rows at once."""
        self.title_tokens = text_tokens(self.name, self.language)
        self.summary_tokens = text_tokens(self.summary, self.language)
        self.text_tokens = text_tokens(self.text, self.language)
        parts = part_tokens(f"{self.name}\n{self.summary}\n{self.text}", self.language)
        self.part_tokens = f"{parts} {text_tokens(self.keywords, self.language)}".strip()
        self.name_words = name_tokens(self.name)
        return self


class EntryFacet(models.Model):
    """One property by which results are narrowed, such as theme: wonen."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "facet", "value"], name="one_value_once_per_entry")]
        indexes = [models.Index(fields=["facet", "value"], name="entry_facet_value")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"


class EntryCue(models.Model):
    """Something said in a recording, and at which second; the `tokens` have a space at both ends."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="cues")
    start = models.FloatField()
    voice = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        ordering = ["start"]

    def __str__(self) -> str:
        return self.text

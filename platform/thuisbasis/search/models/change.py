"""What a search engine beside the database has yet to hear."""

from django.db import models


class Change(models.Model):
    """Something became findable, changed or is gone; the key is the version of the entry from then on.

    Written in the transaction of the change itself, so that an engine that is away misses nothing.
    Not a foreign key: the entry may be gone. Only kept while an engine is in use.
    """

    entry_pk = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.entry_pk)


class EngineIndex(models.Model):
    """An index in the search engine: the one that answers, or one that is being built."""

    name = models.CharField(max_length=120, unique=True)
    rules = models.CharField(max_length=40)
    is_live = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_live"], condition=models.Q(is_live=True), name="one_live_engine_index")
        ]

    def __str__(self) -> str:
        return self.name

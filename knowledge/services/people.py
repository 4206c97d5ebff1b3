"""Finds where a person is named, for who withdraws consent."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page

from thuisbasis.network.models import Person
from thuisbasis.search.models import SearchEntry


def pages_with(*, person: Person) -> list[Any]:
    """Return the pages, published or not, on which this person has a role."""
    return list(Page.objects.filter(appearances__person=person).distinct().specific())


def texts_that_name(*, person: Person) -> list[SearchEntry]:
    """Return what is published and still has the name in its own words, which only an editor can change."""
    named = Q(name__icontains=person.name) | Q(summary__icontains=person.name) | Q(text__icontains=person.name)
    return list(SearchEntry.objects.filter(named).order_by("name"))

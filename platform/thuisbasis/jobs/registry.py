"""Lets every app declare work that comes again, without the worker knowing the apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

Schedule = Callable[[datetime], datetime]


@dataclass(frozen=True, kw_only=True)
class RecurringWork:
    """A task without arguments, and the moment it comes next."""

    name: str
    task: Any
    next_after: Schedule


_declared: dict[str, RecurringWork] = {}


def declare_recurring(name: str, task: Any, next_after: Schedule) -> None:
    """Let the worker enqueue this task at each moment of the schedule; the name is its identity."""
    _declared[name] = RecurringWork(name=name, task=task, next_after=next_after)


def recurring_work() -> list[RecurringWork]:
    """Return everything that was declared."""
    return list(_declared.values())


def every(period: timedelta) -> Schedule:
    """Return the schedule that comes once in this period."""
    return lambda moment: moment + period


def daily(hour: int) -> Schedule:
    """Return the schedule that comes each day at this hour of our own clock, summer or winter."""

    def next_after(moment: datetime) -> datetime:
        local = timezone.localtime(moment)
        today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
        if today > local:
            return today
        tomorrow = local.date() + timedelta(days=1)
        return timezone.make_aware(datetime(tomorrow.year, tomorrow.month, tomorrow.day, hour))  # noqa: DTZ001 (made aware at once)

    return next_after

"""Models of the agenda."""

from .after import Attendance, Certificate, Mailing, Material
from .agenda import EventIndexPage
from .event import EventKind, EventPage, EventQuestion, ProgrammeItem, QuestionKind, Whereabouts
from .occurrence import Occurrence
from .recap import RecapPage
from .registration import CalendarFeed, GivenAnswer, Registration, Reminder

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Certificate",
    "EventIndexPage",
    "EventKind",
    "EventPage",
    "EventQuestion",
    "GivenAnswer",
    "Mailing",
    "Material",
    "Occurrence",
    "ProgrammeItem",
    "QuestionKind",
    "RecapPage",
    "Registration",
    "Reminder",
    "Whereabouts",
]

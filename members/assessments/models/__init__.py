"""Models of the self-assessment."""

from .action import ActionReminder, ActionState, ImprovementAction
from .answers import Answer, Consensus, EntryModel, ExternalRating, RaterResponse
from .assessment import Assessment, AssessmentRound, Evidence, LogEntry, SharingConsent
from .instrument import Instrument, InstrumentKind, InstrumentVersion, ItemTheme, VersionStatus
from .report import Benchmark, BuddyOffer, Report, Score
from .review import PeerReview

__all__ = [
    "ActionReminder",
    "ActionState",
    "Answer",
    "Assessment",
    "AssessmentRound",
    "Benchmark",
    "BuddyOffer",
    "Consensus",
    "EntryModel",
    "Evidence",
    "ExternalRating",
    "ImprovementAction",
    "Instrument",
    "InstrumentKind",
    "InstrumentVersion",
    "ItemTheme",
    "LogEntry",
    "PeerReview",
    "RaterResponse",
    "Report",
    "Score",
    "SharingConsent",
    "VersionStatus",
]

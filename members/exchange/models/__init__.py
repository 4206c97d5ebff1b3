"""Models of the exchange."""

from .announcement import Announcement
from .post import PostModel, Report
from .proposal import Proposal, ProposalMessage
from .question import Answer, Question, ThemeExpert

__all__ = [
    "Announcement",
    "Answer",
    "PostModel",
    "Proposal",
    "ProposalMessage",
    "Question",
    "Report",
    "ThemeExpert",
]

"""Use cases of the exchange."""

from .announcing import announce
from .asking import accept_answer, answer_question, ask_question, similar_to
from .experts import ask_theme_experts, choose_expertise
from .posts import NotYoursToHide, hide_post, report_post, show_post
from .proposing import (
    NoPlaceForProposals,
    NotYourProposal,
    ProposalIsClosed,
    proposal_state,
    propose_article,
    revise_proposal,
)

__all__ = [
    "NoPlaceForProposals",
    "NotYourProposal",
    "NotYoursToHide",
    "ProposalIsClosed",
    "accept_answer",
    "announce",
    "answer_question",
    "ask_question",
    "ask_theme_experts",
    "choose_expertise",
    "hide_post",
    "proposal_state",
    "propose_article",
    "report_post",
    "revise_proposal",
    "show_post",
    "similar_to",
]

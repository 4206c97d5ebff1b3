"""Use cases of the self-assessment."""

from .agreeing import (
    NotAtThisMoment,
    NoteIsMissing,
    TooFewRaters,
    agree,
    agree_again,
    answer_again,
    begin_conversation,
    reopen,
    spreads_of,
)
from .answering import (
    AnswersAreClosed,
    FormIsHandedIn,
    RoundIsClosed,
    ask_raters,
    change_profile,
    choose_role,
    join_assessment,
    save_answer,
    start_assessment,
    submit_response,
    take_back,
)
from .entries import Entry, EntryIsStale, ItemIsUnknown, TextSaysTooMuch
from .evidence import EvidenceIsTooLarge, add_evidence_file, point_to_document, remove_evidence
from .exporting import export_instrument
from .figures import Figure, TeamReport
from .finishing import choose_sharing, latest_report, make_final, missing_items, shares_now
from .importing import FileIsNoInstrument, VersionExists, import_instrument
from .improving import (
    CheckIsMissing,
    OwnerIsElsewhere,
    add_action,
    change_action,
    items_that_go_well,
    offer_to_help,
    remind_owners,
)
from .instruments import VersionHasMistakes, VersionIsNotADraft, changes_of, draft_next, publish_version, retire_version
from .journal import log_of
from .network import network_rounds
from .printing import paper_form, report_csv
from .reports import team_report
from .reviewing import (
    SameProvider,
    ask_reviewer,
    call_off,
    close_reviews,
    hand_in_review,
    possible_reviewers,
    rate,
    remark_on,
    share_review,
)
from .rounds import close_round, close_rounds, remind_raters, remind_waiting
from .standouts import standouts
from .suggestions import help_for

__all__ = [
    "AnswersAreClosed",
    "CheckIsMissing",
    "Entry",
    "EntryIsStale",
    "EvidenceIsTooLarge",
    "Figure",
    "FileIsNoInstrument",
    "FormIsHandedIn",
    "ItemIsUnknown",
    "NotAtThisMoment",
    "NoteIsMissing",
    "OwnerIsElsewhere",
    "RoundIsClosed",
    "SameProvider",
    "TeamReport",
    "TextSaysTooMuch",
    "TooFewRaters",
    "VersionExists",
    "VersionHasMistakes",
    "VersionIsNotADraft",
    "add_action",
    "add_evidence_file",
    "agree",
    "agree_again",
    "answer_again",
    "ask_raters",
    "ask_reviewer",
    "begin_conversation",
    "call_off",
    "change_action",
    "change_profile",
    "changes_of",
    "choose_role",
    "choose_sharing",
    "close_reviews",
    "close_round",
    "close_rounds",
    "draft_next",
    "export_instrument",
    "hand_in_review",
    "help_for",
    "import_instrument",
    "items_that_go_well",
    "join_assessment",
    "latest_report",
    "log_of",
    "make_final",
    "missing_items",
    "network_rounds",
    "offer_to_help",
    "paper_form",
    "point_to_document",
    "possible_reviewers",
    "publish_version",
    "rate",
    "remark_on",
    "remind_owners",
    "remind_raters",
    "remind_waiting",
    "remove_evidence",
    "reopen",
    "report_csv",
    "retire_version",
    "save_answer",
    "share_review",
    "shares_now",
    "spreads_of",
    "standouts",
    "start_assessment",
    "submit_response",
    "take_back",
    "team_report",
]

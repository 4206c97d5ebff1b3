"""What other programs read: feeds, podcasts, texts of recordings and calendar files."""

from .calendar import talk_show_calendar
from .newest import CampaignFeed, NewestFeed, ThemeFeed
from .podcast import podcast_feed
from .spoken import recording_chapters, recording_text

__all__ = [
    "CampaignFeed",
    "NewestFeed",
    "ThemeFeed",
    "podcast_feed",
    "recording_chapters",
    "recording_text",
    "talk_show_calendar",
]

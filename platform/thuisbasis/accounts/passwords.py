"""Passwords that everybody in this field would think of first."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Words of our work, and words that people are given on a first day: with a year behind them they are guessed first.
WORDS_OF_OUR_WORK = """
    thuisbasis thuis basis housing first huis wonen woning begeleider begeleiding praktijk netwerk nederland
    welkom wachtwoord geheim inloggen password welcome home lente zomer herfst winter amsterdam utrecht rotterdam
    januari februari maart april mei juni juli augustus september oktober november december
"""
LONGEST_FIRST = sorted(WORDS_OF_OUR_WORK.split(), key=len, reverse=True)
FEWEST_OTHER_LETTERS = 4


class ObviousWordsValidator:
    """Refuses a password that is nothing but words of this site and its field (ASVS 5.0.0, 6.1.2 and 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than four letters remain without the obvious words."""
        plain = unicodedata.normalize("NFKD", password.casefold())
        letters = rest = re.sub(r"[^a-z]", "", plain)
        for word in LONGEST_FIRST:
            rest = rest.replace(word, "")
        if rest != letters and len(rest) < FEWEST_OTHER_LETTERS:
            raise ValidationError(
                _("Dit wachtwoord bestaat uit woorden die anderen als eerste proberen. Neem er een paar woorden bij."),
                code="password_obvious",
            )

    def get_help_text(self) -> str:
        """Say it before somebody types."""
        return _("Gebruik niet alleen woorden van dit werk, zoals “Thuisbasis2026!”.")

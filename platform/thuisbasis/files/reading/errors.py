"""Why a document cannot be read, each in words for the person who offered it."""

from django.utils.translation import gettext_lazy as _


class FileCannotBeRead(Exception):
    """Nothing of this file is used; `str()` of the error says why."""

    message = _("Dit bestand kunnen we niet lezen.")

    def __str__(self) -> str:
        return str(self.message)


class FileIsEmpty(FileCannotBeRead):
    """There is nothing in it, or only white space."""

    message = _("Dit bestand is leeg. Kies een bestand met tekst.")


class FileIsTooLarge(FileCannotBeRead):
    """It is over the limit, packed or unpacked."""

    message = _("Dit bestand is groter dan 25 MB, of wordt uitgepakt veel te groot. Maak het kleiner of splits het.")


class FileIsEncrypted(FileCannotBeRead):
    """A password is needed."""

    message = _("Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf en probeer het opnieuw.")


class FileIsNotWhatItSays(FileCannotBeRead):
    """The content is of another kind than the name."""

    message = _("De inhoud past niet bij de naam van dit bestand. Sla het opnieuw op als .txt, .html, .docx of .pdf.")


class FileIsUnreadable(FileCannotBeRead):
    """It is damaged, or holds images without text."""

    message = _("In dit bestand vinden we geen leesbare tekst. Misschien is het beschadigd, of een scan.")


class KindIsNotSupported(FileCannotBeRead):
    """Its name ends in something that we do not read."""

    message = _("Dit soort bestand lezen we niet. Gebruik .txt, .html, .docx of .pdf.")

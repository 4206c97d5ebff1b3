"""Why a file is refused, in words for whoever shares it."""


class FileIsRefused(Exception):
    """The file cannot be shared; the text says why and what to do."""

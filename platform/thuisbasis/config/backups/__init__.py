"""Backups: everything that cannot be made again, in one folder a time, and the way back."""

from thuisbasis.config.backups.making import BackupFailed, make_backup, newest_backup
from thuisbasis.config.backups.restoring import RestoreRefused, restore_backup

__all__ = ["BackupFailed", "RestoreRefused", "make_backup", "newest_backup", "restore_backup"]

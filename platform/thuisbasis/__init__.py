"""Thuisbasis: the parts of the platform that every other part stands on."""

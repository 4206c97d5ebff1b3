"""Tells people what happened: in the portal, by mail, and gathered once a day or a week."""

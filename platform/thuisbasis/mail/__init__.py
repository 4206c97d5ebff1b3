"""Every mail that the site sends: written down first, delivered after."""

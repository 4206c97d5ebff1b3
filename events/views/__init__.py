"""Pages of the agenda that are not pages of the site."""

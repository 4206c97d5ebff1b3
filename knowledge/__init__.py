"""Public knowledge: articles, publications, projects, frameworks, campaigns, themes."""

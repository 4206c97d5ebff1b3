"""Settings, one module per kind of machine."""

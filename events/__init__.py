"""The agenda: events, the seats at them, and what they leave behind."""

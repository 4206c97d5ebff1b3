"""The way in for members: invitations, dashboard, people, their own practice and their own data."""

"""Where practices ask each other: questions and answers, announcements, proposals for the site."""

"""The member portal: where practices find each other, and what asks for their attention."""

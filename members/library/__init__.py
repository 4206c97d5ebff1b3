"""What practices share: documents with versions, seen by exactly those whom the practice chose."""

"""What the text states: mentions, entities, relations, statistics."""

"""What is known before a report is read: gazetteer, lexicon, rulebook."""

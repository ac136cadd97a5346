"""The search index: terms of texts, document numbers, and postings in files that mostly stay the same after an edit."""

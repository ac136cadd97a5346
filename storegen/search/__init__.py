"""The search index: terms of texts, numbers of documents, and postings in files that an edit leaves alone."""

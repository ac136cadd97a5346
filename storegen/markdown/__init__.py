"""Markdown: its blocks, its links, its HTML and its plain text."""

"""What templates see: frozen records of plain values, each holding only what its page shows.

Money, dates and Markdown travel as values and become text in a template's filters, so that a page which is
still right costs neither formatting nor rendering.
"""

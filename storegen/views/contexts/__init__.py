"""Contexts for templates: frozen records of plain values, each with the data of its page only.

Money, dates and Markdown stay values here, and the filters of a template convert them to text. So an unchanged page
needs neither formatting nor rendering.
"""

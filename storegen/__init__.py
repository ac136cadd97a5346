"""A static-site generator that turns a folder of YAML and Markdown into a fast shop."""

__version__ = "0.1.0"

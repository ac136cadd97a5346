"""storegen turns a folder of YAML and Markdown into a fast static shop."""

__version__ = "0.1.0"

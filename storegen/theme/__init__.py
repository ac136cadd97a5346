"""A theme as a value: the sources of its templates, styles, scripts and words, read once."""

from storegen.theme.loading import Theme, load_theme

__all__ = ["Theme", "load_theme"]

"""The theme: the sources of its templates, styles, scripts and texts, read once."""

from storegen.theme.loading import Theme, load_theme

__all__ = ["Theme", "load_theme"]

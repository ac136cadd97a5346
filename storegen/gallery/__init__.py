"""The gallery of a theme: every component with its examples, in every preset."""

from storegen.gallery.pages import make_gallery

__all__ = ["make_gallery"]

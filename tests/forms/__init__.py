"""Tests of storegen.forms."""

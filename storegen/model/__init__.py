"""The model of a shop: frozen records and pure functions, without input or output."""

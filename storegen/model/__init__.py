"""What a shop is: frozen records and pure functions, without input or output."""

"""Writing to disk. Only this stage changes the disk."""

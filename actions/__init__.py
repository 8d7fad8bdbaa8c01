"""What Lantern does: one user-visible act per file. Each returns a Reply; the words stand in `content/`."""

"""Ways in and out: one file per channel, and what they share."""

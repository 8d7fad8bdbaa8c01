"""What Lantern does: one user-visible act per file. Each returns a Reply; the words stand in `content/`."""

# Each may speak for another once it is clear what was meant (`ReplyAction.takes`), so they come together.
from actions import answer, cite, crisis, fallback, helplines, more, say

__all__ = ["answer", "cite", "crisis", "fallback", "helplines", "more", "say"]

"""Conversation sense: what a message means after what was said before it. Pure functions over `Content`; no Rasa."""

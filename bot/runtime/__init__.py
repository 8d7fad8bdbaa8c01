"""Starting and running: a lean Rasa, its plugin, and what keeps a server healthy."""

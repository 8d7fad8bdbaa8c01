"""How Lantern works: loading what it knows, answering, and running under Rasa."""

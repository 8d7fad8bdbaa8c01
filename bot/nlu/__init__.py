"""Rasa graph components and the importer: thin adapters between Rasa and Lantern."""

"""Speed, memory and size of Lantern, measured beside stock Rasa on the same intents and examples."""

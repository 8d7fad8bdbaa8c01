"""How well questions are understood, beside stock Rasa and beside published results."""

"""Is someone in danger? Text in, a :class:`Verdict` or None out; no Rasa, no model needed.

`normalise` makes the words comparable, `patterns` finds wordings that people are known to use, `meaning` what comes
close to them, and `net` puts the two together.
"""

"""A process that helps with training: a JSON list of texts on standard input, their vectors on standard output.

python -m bot.encoder MODEL_DIRECTORY
"""

import json
import sys
from pathlib import Path

from bot.encoder import SentenceEncoder

if __name__ == "__main__":
    sys.stdout.buffer.write(SentenceEncoder(Path(sys.argv[1])).encode(json.load(sys.stdin)).tobytes())

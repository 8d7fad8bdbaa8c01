"""`python -m bot` is `lantern`."""

import sys

from bot.cli import main

sys.exit(main())

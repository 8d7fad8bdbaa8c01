"""The `lantern` command. Each subcommand imports what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

# Rasa reads it for its own progress bars, of which it draws hundreds.
os.environ.setdefault("LOG_LEVEL", "WARNING")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand.

    Returns:
        The exit code: 0 when all is well, 1 when something is wrong and was said, 2 for a wrong call.
    """
    parser = _parser()
    parsed = parser.parse_args(arguments)
    if not hasattr(parsed, "command"):
        parser.print_help()
        return 2
    from bot import commands

    try:
        return int(getattr(commands, parsed.command)(parsed))
    except commands.Stop as stop:
        print(f"lantern: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lantern", description="Answers about child trafficking in the U.S., from checked facts."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, does: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=does, description=does)
        command.set_defaults(command=name)
        return command

    run = add("run", "Serve the page and the chat.")
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    run.add_argument("--port", type=int, default=5005, help="port to listen on (default %(default)s)")
    run.add_argument("--model", help="model file (default: the project's, trained first when the data changed)")

    train = add("train", "Train the model when its data, configuration or code changed.")
    train.add_argument("--force", action="store_true", help="train even when nothing changed")

    ask = add("ask", "Ask something and read the answer here; several texts are turns of one conversation.")
    ask.add_argument("text", nargs="*", help="what to ask")
    ask.add_argument(
        "--jsonl",
        metavar="FILE",
        help='one {"id", "text"} or {"id", "turns"} a line ("-": standard input); prints {"id", "replies"} a line',
    )
    ask.add_argument("--model", help="model file (default: the project's)")

    check = add("check", "Check the content and say with file and line what to mend.")
    check.add_argument(
        "--launch", action="store_true", help="also what a person must have confirmed before going public"
    )
    check.add_argument("--coverage", metavar="FILE", help="write the table of the starting document's claims to FILE")

    evaluate = add("evaluate", "Measure understanding on questions nobody trained on.")
    evaluate.add_argument("--model", help="model file (default: the project's)")
    evaluate.add_argument("--safety", action="store_true", help="measure how well danger is recognized instead")
    evaluate.add_argument(
        "--write",
        metavar="FILE",
        nargs="?",
        const="docs/safety-evaluation.md",
        help="with --safety: write the tables to FILE too (default %(const)s)",
    )

    evaluate.add_argument("--into", metavar="DIR", help="where the report goes (default: the project's docs)")
    evaluate.add_argument("--clinc", metavar="FILE", help="also run CLINC150: data_full.json of clinc/oos-eval")
    evaluate.add_argument("--hint3", metavar="DIR", help="also run HINT3: the tree of hellohaptik/HINT3")
    _add_stock(evaluate, "ask")

    bench = add("bench", "Measure speed and size beside stock Rasa.")
    _add_stock(bench, "measure")
    bench.add_argument("--write", metavar="FILE", help="write the table to FILE")
    return parser


def _add_stock(command: argparse.ArgumentParser, verb: str) -> None:
    command.add_argument(
        "--stock", action="store_true", help=f"{verb} stock Rasa too (needs Python 3.10; takes an hour or two)"
    )
    command.add_argument(
        "--reuse", action="store_true", help="take stock's model of the last time instead of training it again"
    )
    command.add_argument(
        "--epochs", type=int, default=100, help="how long stock learns (default %(default)s, as Rasa has it)"
    )


if __name__ == "__main__":
    sys.exit(main())

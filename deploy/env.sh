#!/usr/bin/env bash
# The environment in .venv, without root and without touching any other environment.
#   deploy/env.sh sync LOCKFILE   create .venv if need be and make it hold exactly what LOCKFILE lists
#   deploy/env.sh uv ARGS...      run uv, fetched into .tools if this machine has none
# PYTHON= names the interpreter; without it, one is looked for.
set -euo pipefail
cd "$(dirname -- "$0")/.."
unset VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME
export PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; }

find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" && { command -v -- "$PYTHON"; return; }
        say "PYTHON=$PYTHON is not Python 3.11 or 3.12."
        return 1
    fi
    for candidate in python3 python3.12 python3.11 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[12].*/bin/python; do
        suits "$candidate" && { command -v -- "$candidate"; return; }
    done
    say "Lantern needs Python 3.11 or 3.12. Install one, or name it: make install PYTHON=/path/to/python3.12"
    return 1
}

find_uv() {
    local candidate
    for candidate in uv .tools/bin/uv; do
        "$candidate" --version >/dev/null 2>&1 && { echo "$candidate"; return; }
    done
    say "Fetching uv into .tools …"
    "$(find_python)" -m pip install --quiet --upgrade --target .tools uv >&2 && echo .tools/bin/uv
}

# Makes `bot` and `actions` importable, starts bot.runtime.lean with every Python of .venv, and adds the command.
connect() {
    local site
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' ../../../.. 'import bot.runtime.lean' >"$site/lantern.pth"
    cat >.venv/bin/lantern <<'END'
#!/bin/sh
'''exec' "$(dirname -- "$(readlink -f -- "$0")")/python" "$0" "$@"
' '''
import sys

from bot.cli import main

sys.exit(main())
END
    chmod +x .venv/bin/lantern
}

sync() {
    local python uv
    if [ -n "${PYTHON:-}" ] || ! suits .venv/bin/python; then
        python=$(find_python)
        if ! suits .venv/bin/python || [ "$("$python" -V)" != "$(.venv/bin/python -V)" ]; then
            say "Creating .venv with $("$python" -V) …"
            rm -rf .venv
        fi
    fi
    say "Installing $1 …"
    if uv=$(find_uv); then
        [ -e .venv ] || "$uv" venv --quiet --no-project --python "$python" .venv
        "$uv" pip sync --quiet --require-hashes --python .venv/bin/python "$1"
    else
        say "uv is not available; pip does it, more slowly."
        [ -e .venv ] || "$python" -m venv .venv
        # Rasa 3.6.21 says that it ends at Python 3.10; pyproject.toml tells why this is not so here.
        .venv/bin/python -m pip install --quiet --no-deps --ignore-requires-python --require-hashes --use-pep517 -r "$1"
    fi
    connect
    # A first import compiles what every later start imports, and shows that the environment works.
    local messages
    messages=$(PYTHONDONTWRITEBYTECODE='' .venv/bin/python 2>&1 \
        -c 'import rasa.__main__, rasa.server, rasa.model_training, spacy') || { say "$messages"; return 1; }
}

case "${1:-}" in
    sync) sync "$2" ;;
    uv) shift && uv=$(find_uv) && exec "$uv" "$@" ;;
    *) say "usage: deploy/env.sh sync LOCKFILE | uv ARGS..." && exit 2 ;;
esac

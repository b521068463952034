#!/bin/sh
# node.sh COMMAND… : run it with a Node that can build the front end: the system's, else the one in the venv.
set -eu

venv=${VENV:-.venv}
good='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a >= 23 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
if ! { command -v npm && node -e "$good"; } >/dev/null 2>&1; then
    [ -x "$venv/bin/node" ] || "$venv/bin/python" -m pip install --require-hashes --no-deps -r requirements/node.txt
    PATH=$(cd "$venv/bin" && pwd):$PATH
    export PATH
fi
exec "$@"

#!/bin/sh
# The wheel alone, in an empty venv, with an empty home and no Node: does `huiyin demo` answer?
set -eu

venv=${VENV:-.venv}
here=$(dirname "$0")
work=$(mktemp -d "${TMPDIR:-/tmp}/huiyin-wheel.XXXXXX")
trap 'rm -rf "$work"' EXIT
python=$("$here/have.sh")

SHOW='Success' "$here/step.sh" "Wheel" "$venv/bin/python" -m build --wheel --no-isolation --outdir "$work"
"$here/step.sh" "Empty venv" "$python" -m venv "$work/venv"
SHOW='Downloading|Installing' "$here/step.sh" "Locked packages" \
    "$work/venv/bin/python" -m pip install --require-hashes --no-deps -r requirements/run.txt
SHOW='Installing' "$here/step.sh" "The wheel itself" "$work/venv/bin/python" -m pip install --no-deps "$work"/*.whl
"$here/step.sh" "huiyin demo answers" "$venv/bin/python" "$here/wheel_demo.py" "$work"

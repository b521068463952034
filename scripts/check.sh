#!/bin/sh
# Everything that reads the code without running it.
set -eu

bin=${VENV:-.venv}/bin
here=$(dirname "$0")
"$here/step.sh" "Rules (ruff check)" "$bin/ruff" check .
"$here/step.sh" "Format (ruff format)" "$bin/ruff" format --check .
"$here/step.sh" "Types (mypy --strict)" "$bin/mypy"
SHOW='^(Contracts:|.*(KEPT|BROKEN)|-  )' "$here/step.sh" "Floors (lint-imports)" "$bin/lint-imports"
"$here/step.sh" "House as drawn (draw_house)" "$bin/python" "$here/draw_house.py" --check

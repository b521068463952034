#!/bin/sh
# What must be there before anything else. Prints the Python to use; says what is missing in one line.
set -eu

missing=""
for tool in git make; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done

python=""
for name in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$(command -v "$name")
        break
    fi
done
[ -n "$python" ] || missing="$missing Python>=3.11"
if [ -n "$python" ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    missing="$missing Python's-venv"
fi

if [ -n "$missing" ]; then
    if command -v brew >/dev/null 2>&1; then
        advice="brew install git make python@3.12"
    elif command -v apt-get >/dev/null 2>&1; then
        advice="apt-get install -y git make python3 python3-venv"
        [ "$(id -u)" = 0 ] || advice="sudo $advice"
    else
        advice="your system's packages of git, make and Python 3.11 or newer with venv"
    fi
    echo "Missing:$missing. Install with: $advice" >&2
    exit 2
fi
echo "$python"

#!/bin/sh
# What the tests need from the system: Chromium, a Chinese font, Java 17 for Spark. Root on Debian gets it, others are told.
set -eu

has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
has_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.local/share/fonts /System/Library/Fonts \
    \( -iname '*CJK*' -o -iname 'PingFang*' -o -iname 'wqy*' \) -print -quit 2>/dev/null)" ]; }
# macOS has a `java` that only asks for one.
has_java() { [ -n "${JAVA_HOME:-}" ] || java -version >/dev/null 2>&1; }

if has_chromium && has_font && has_java; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && grep -qiE '^ID=debian' /etc/os-release 2>/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    here=$(dirname "$0")
    SHOW='^(Err|E:)' "$here/step.sh" "Debian's list of packages" apt-get update
    SHOW='^(Setting up (chromium|fonts|openjdk)|Fetched|E:)' "$here/step.sh" "Chromium, a Chinese font, Java (300 MB)" \
        apt-get install -y --no-install-recommends chromium fonts-noto-cjk openjdk-17-jre-headless
    exit 0
fi
case "$(uname)" in
Darwin) advice="brew install --cask chromium temurin@17" ;;
*) advice="sudo apt-get install -y chromium fonts-noto-cjk openjdk-17-jre-headless (Debian), or your system's packages of Chromium, Noto CJK and Java 17" ;;
esac
if ! has_java; then
    echo "Missing for the tests on Spark, which are skipped without it: Java 17. Install with: $advice" >&2
fi
has_chromium && has_font && exit 0
echo "Missing for the browser tests: Chromium, Chinese font. Install with: $advice. Without them: make test PYTEST='-m \"not browser\"'" >&2
case "${PYTEST:-}" in *"not browser"*) exit 0 ;; esac
exit 2

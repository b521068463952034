#!/bin/sh
# What the tests need from the system: Chromium and a Chinese font for the browser, LibreOffice and poppler for papers,
# Java 17 for Spark. Root on Debian gets it, others are told. Without the last three their tests are skipped, aloud.
set -eu

has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
has_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.local/share/fonts /System/Library/Fonts \
    \( -iname '*CJK*' -o -iname 'PingFang*' -o -iname 'wqy*' \) -print -quit 2>/dev/null)" ]; }
has_suite() { command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; }
# macOS has a `java` that only asks for one.
has_java() { [ -n "${JAVA_HOME:-}" ] || java -version >/dev/null 2>&1; }

wanted=""
has_suite || wanted="$wanted libreoffice-writer-nogui poppler-utils"
has_java || wanted="$wanted openjdk-17-jre-headless"
must=""
has_chromium || must="$must chromium"
has_font || must="$must fonts-noto-cjk"

[ -n "$must$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && grep -qiE '^ID=debian' /etc/os-release 2>/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    here=$(dirname "$0")
    SHOW='^(Err|E:)' "$here/step.sh" "Debian's list of packages" apt-get update
    # Names, one a word. shellcheck disable=SC2086
    [ -z "$must" ] || SHOW='^(Setting up (chromium|fonts)|Fetched|E:)' \
        "$here/step.sh" "Debian packages:$must" apt-get install -y --no-install-recommends $must
    mkdir -p /usr/share/man/man1 # where Java's package expects it
    [ -z "$wanted" ] || SHOW='^(Setting up (libreoffice-writer|poppler|openjdk)|Fetched|E:)' \
        "$here/step.sh" "Debian packages:$wanted" apt-get install -y --no-install-recommends $wanted ||
        echo "Some tests of papers and of Spark are skipped without:$wanted" >&2
    exit 0
fi
[ -z "$wanted" ] || echo "Some tests of papers and of Spark are skipped without:$wanted" >&2
[ -n "$must" ] || exit 0
case "$(uname)" in
Darwin) advice="brew install --cask chromium" ;;
*) advice="sudo apt-get install -y$must (Debian), or your system's packages of Chromium and Noto CJK" ;;
esac
echo "Missing for the browser tests: Chromium, Chinese font. Install with: $advice. Without them: make test PYTEST='-m \"not browser\"'" >&2
case "${PYTEST:-}" in *"not browser"*) exit 0 ;; esac
exit 2

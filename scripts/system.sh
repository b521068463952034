#!/bin/sh
# What the tests need from the system: Chromium and a Chinese font for the browser, LibreOffice and poppler for papers.
# Root on Debian gets it, others are told.
set -eu

has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
has_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.local/share/fonts /System/Library/Fonts \
    \( -iname '*CJK*' -o -iname 'PingFang*' -o -iname 'wqy*' \) -print -quit 2>/dev/null)" ]; }

has_suite() { command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; }

may_install() { [ "$(id -u)" = 0 ] && grep -qiE '^ID=debian' /etc/os-release 2>/dev/null; }

if has_chromium && has_font && { has_suite || ! may_install; }; then
    has_suite || echo "Without LibreOffice Writer and poppler the tests that draw papers are skipped." >&2
    exit 0
fi
if may_install; then
    export DEBIAN_FRONTEND=noninteractive
    here=$(dirname "$0")
    SHOW='^(Err|E:)' "$here/step.sh" "Debian's list of packages" apt-get update
    SHOW='^(Setting up (chromium|fonts)|Fetched|E:)' "$here/step.sh" "Chromium and a Chinese font (200 MB)" \
        apt-get install -y --no-install-recommends chromium fonts-noto-cjk
    SHOW='^(Setting up (libreoffice-writer|poppler)|Fetched|E:)' "$here/step.sh" "LibreOffice Writer and poppler (86 MB)" \
        apt-get install -y --no-install-recommends libreoffice-writer-nogui poppler-utils
    exit 0
fi
case "$(uname)" in
Darwin) advice="brew install --cask chromium" ;;
*) advice="sudo apt-get install -y chromium fonts-noto-cjk (Debian), or your system's packages of Chromium and Noto CJK" ;;
esac
echo "Missing for the browser tests: Chromium, Chinese font. Install with: $advice. Without them: make test PYTEST='-m \"not browser\"'" >&2
case "${PYTEST:-}" in *"not browser"*) exit 0 ;; esac
exit 2

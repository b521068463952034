#!/bin/sh
# step.sh HEADING COMMAND… : run one step, say how long it took; if it fails, say why in plain words.
set -u

heading=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
printf '→ %s\n' "$heading"
start=$(date +%s)
# The shell has no pipefail everywhere: the status goes through the file.
{ "$@" </dev/null 2>&1; echo $? >"$log.status"; } | tee "$log" | grep -a --line-buffered -E "${SHOW:-^}" | cut -b 1-200
status=$(cat "$log.status")
rm -f "$log.status"
if [ "$status" = 0 ]; then
    printf '  done in %s s\n' "$(($(date +%s) - start))"
    exit 0
fi

case "$*" in *"pip install"* | *npm* | *apt-get*) fetching=1 ;; *) fetching= ;; esac
known() { grep -aiE -m 1 "$1" "$log" | cut -c 1-200; }
fetch() { [ -n "$fetching" ] && known "$1"; }
if line=$(known 'no space left|ENOSPC|disk quota') && [ -n "$line" ]; then
    why="The disk is full: free some space (df -h shows where) and run the same command again."
elif line=$(fetch 'do not match the hashes') && [ -n "$line" ]; then
    why="The registry delivered another file than the locked one: use another mirror (PIP_INDEX_URL)."
elif line=$(fetch 'name resolution|resolve host|not resolve|getaddrinfo|NewConnectionError|ConnectTimeout|timed out|Connection refused|Connection reset|Network is unreachable|ProxyError|SSLError|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|Could not connect|Unable to fetch|Failed to fetch|HTTP error 50[0-9]|E50[0-9]') && [ -n "$line" ]; then
    why="A package registry does not answer. Try again; behind a mirror or a proxy set PIP_INDEX_URL (Python), npm_config_registry (front end) or HTTPS_PROXY, and run the same command again."
elif line=$(fetch 'no matching distribution|could not find a version|ETARGET|E404') && [ -n "$line" ]; then
    why="The registry does not have a locked package: its copy may be old; use another mirror (PIP_INDEX_URL, npm_config_registry)."
else
    why=""
    [ -z "${SHOW:-}" ] || tail -n 30 "$log" | cut -c 1-200 >&2
fi
[ -z "$why" ] || printf '  %s\n' "$line" >&2
printf '✗ %s failed after %s s. %s\n' "$heading" "$(($(date +%s) - start))" "$why" >&2
exit "$status"

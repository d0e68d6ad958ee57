#!/bin/sh
# Sees to it that there is a Chromium and its driver for the tests that open the report of a run in a browser. Does nothing,
# and needs no network, where both are found. Debian and Ubuntu: installs them when it may.
set -eu

found() {
    { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1 &&
        command -v chromedriver >/dev/null 2>&1
}

if [ "${1:-}" = none ]; then
    echo "LEFT OUT: RunReportPageTests, which open the report of a run in a browser, since the profile no-browser is on" >&2
    exit 0
fi
if [ -n "${1:-}" ] && [ -n "${2:-}" ]; then
    exit 0
fi
if found; then
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root() { env DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root() { sudo -n env DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
else
    as_root() { return 1; }
fi
if command -v apt-get >/dev/null 2>&1; then
    echo "no Chromium with its driver was found; installing the packages chromium and chromium-driver"
    wait_for_others="-o DPkg::Lock::Timeout=300"
    # Lists that are there may do; they are fetched anew where they do not.
    # shellcheck disable=SC2086
    as_root apt-get $wait_for_others install -y -qq --no-install-recommends chromium chromium-driver >/dev/null 2>&1 ||
        { as_root apt-get $wait_for_others update -qq &&
            as_root apt-get $wait_for_others install -y -qq --no-install-recommends chromium chromium-driver >/dev/null; } || true
fi
if ! found; then
    echo "There is no Chromium with its driver, and it could not be installed. RunReportPageTests will fail: install the" >&2
    echo "packages chromium and chromium-driver, name two programs that are there with" >&2
    echo "-Dsamples.browser=/path/to/chrome -Dsamples.browser.driver=/path/to/chromedriver, or leave the tests out with" >&2
    echo "-Pno-browser" >&2
fi

# What scripts/start and scripts/test share; sourced, never run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export SWIFT_BACKTRACE=enable=no

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf '\nStopped: %s\n' "$*" >&2
  exit 1
}

# The Swift toolchain, 6.2 or later: not a Debian package, so it is asked for and not installed.
need_swift() {
  say "Looking for the Swift toolchain"
  command -v swift >/dev/null ||
    fail "there is no 'swift' on the PATH. Install Swift 6.2 or later from https://www.swift.org/install/linux/ and run this again."
  local found
  found=$(swift --version 2>&1 | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -n 1) || true
  [ -n "$found" ] || fail "'swift --version' does not work. Reinstall the toolchain and run this again."
  [ "$(printf '%s\n6.2\n' "$found" | sort -V | head -n 1)" = 6.2 ] ||
    fail "Swift $found is too old. Install Swift 6.2 or later from https://www.swift.org/install/linux/ and run this again."
  echo "Swift $found"
}

# Debian packages without which SwiftPM cannot fetch, compile or link; only the missing ones are installed. Further ones that are
# missing are named by the caller.
need_packages() {
  say "Looking for what a build needs"
  local missing=("$@")
  command -v git >/dev/null || missing+=(git)
  command -v ld >/dev/null || missing+=(binutils)
  [ -e /usr/include/stdio.h ] || missing+=(libc6-dev)
  compgen -G '/usr/include/c++/*/vector' >/dev/null || missing+=(g++)
  [ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
  [ -e /usr/include/dmtx.h ] || missing+=(libdmtx-dev)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  [ -e /usr/include/qrencode.h ] || missing+=(libqrencode-dev)
  [ -d /etc/ssl/certs ] || missing+=(ca-certificates)
  if [ ${#missing[@]} -eq 0 ]; then
    echo "All there."
    return
  fi
  command -v apt-get >/dev/null || fail "please install ${missing[*]} and run this again (this system has no apt-get)."
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "please run 'apt-get install ${missing[*]}' as root, then run this again."
    root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  "${root[@]}" apt-get update -q || fail "apt-get update failed. Check the network and run this again."
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install ${missing[*]}. Install them by hand and run this again."
}

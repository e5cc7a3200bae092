# Shared by the scripts that fetch Debian packages without installing them. To be sourced.
# shellcheck shell=bash

# The address of the Debian archive proper, not of its security updates, from the lists that apt knows.
debian_archive() {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN)/$(LABEL)' 'Created-By: Packages' 2>/dev/null |
    awk '$2 == "Debian/Debian" && !found { print $1; found = 1 }'
}

# Sets the array `apt`: an apt-get whose lists and files lie in DIR, which knows these suites and no installed package. KIND is deb or deb-src.
private_apt() { # DIR KIND SUITE...
  local dir=$1 kind=$2 suite address
  shift 2
  address=$(debian_archive)
  if [ -z "$address" ] && [ "$(id -u)" -eq 0 ]; then
    apt-get -qq update >/dev/null 2>&1 || true
    address=$(debian_archive)
  fi
  if [ -z "$address" ]; then
    echo "${0##*/}: apt knows no Debian archive on this machine; run 'apt-get update' and look at its sources." >&2
    return 1
  fi
  mkdir -p "$dir"/{lists/partial,archives/partial}
  : >"$dir/status"
  for suite in "$@"; do
    printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$kind" "$address" "$suite"
  done >"$dir/sources.list"
  # The archive may be a frozen copy, whose dates are over; its signatures are checked all the same.
  apt=(apt-get -q -y -o Acquire::Check-Valid-Until=false
    -o "Dir::Etc::sourcelist=$dir/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=-
    -o "Dir::State::lists=$dir/lists" -o "Dir::State::status=$dir/status" -o "Dir::Cache::archives=$dir/archives"
    -o "Dir::Cache::pkgcache=$dir/pkgcache.bin" -o "Dir::Cache::srcpkgcache=$dir/srcpkgcache.bin"
    -o Acquire::Languages=none -o APT::Sandbox::User= -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)
  "${apt[@]}" update >"$dir/log" 2>&1 || { cat "$dir/log" >&2; return 1; }
}

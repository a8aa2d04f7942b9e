# shellcheck shell=bash disable=SC2154
# Sourced by ./scopegate and the scripts beside it, which set root: what was built, and whether it is newer than its sources.

native_executable() {
  find "$root/server/target" -maxdepth 1 -name 'scopegate-server-*-runner' -type f -print -quit 2>/dev/null
}

# Whether $1 is there and newer than everything that a server is made of.
is_newest() {
  local path
  [[ -f "$1" ]] || return 1
  for path in "$root"/pom.xml "$root"/{proto,bundle,inference,audit,server}/{pom.xml,src/main}; do
    [[ -z "$(find "$path" -newer "$1" -print -quit)" ]] || return 1
  done
}

# One build at a time: two Mavens would write into the same folders. Held until the process ends or unlocks; not at all
# where there is no flock, as on macOS.
lock_build() {
  mkdir -p "$root/target"
  command -v flock >/dev/null || return 0
  # A number, since bash 3.2 chooses none.
  exec 9>>"$root/target/build.lock"
  flock -n 9 && return
  printf 'Waiting for another build of this tree ...\n' >&2
  flock 9
}

unlock_build() {
  exec 9>&-
}

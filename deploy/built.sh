# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./scopegate and the scripts beside this one, which set root. Tells what was built, and whether it is up to date.

# The sources of a server, and those of the whole project.
server_sources=("$root"/pom.xml "$root"/.mvn "$root"/{proto,bundle,inference,audit,server}/{pom.xml,src/main})
sources=("${server_sources[@]}" "$root"/configs/schema.json "$root"/{client-sdk,trainer,cli}/{pom.xml,src/main})

native_executable() {
  find "$root/server/target" -maxdepth 1 -name 'scopegate-server-*-runner' -type f -print -quit 2>/dev/null
}

# Whether the file $1 exists, and nothing in the other files and folders is newer.
is_newest() {
  [[ -f "$1" && -z "$(find "${@:2}" -newer "$1" -print -quit)" ]]
}

# Allows one build at a time, since two Mavens would write into the same folders. The lock is held until the process ends or
# unlocks. Without flock, as on macOS, there is no lock.
lock_build() {
  mkdir -p "$root/target"
  command -v flock >/dev/null || return 0
  # A fixed descriptor, since bash 3.2 cannot choose a free one.
  exec 9>>"$root/target/build.lock"
  flock -n 9 && return
  printf 'Waiting for another build of this tree ...\n' >&2
  flock 9
}

unlock_build() {
  exec 9>&-
}

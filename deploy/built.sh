# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by ./scopegate and the scripts beside it, which set root: what was built, and whether it is newer than its sources.

# What a server is made of, and what all of it is.
server_sources=("$root"/pom.xml "$root"/.mvn "$root"/{proto,bundle,inference,audit,server}/{pom.xml,src/main})
sources=("${server_sources[@]}" "$root"/configs/schema.json "$root"/{client-sdk,trainer,cli}/{pom.xml,src/main})

native_executable() {
  find "$root/server/target" -maxdepth 1 -name 'scopegate-server-*-runner' -type f -print -quit 2>/dev/null
}

# Whether the file $1 is there, and nothing of the others, files and folders, is newer.
is_newest() {
  [[ -f "$1" && -z "$(find "${@:2}" -newer "$1" -print -quit)" ]]
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

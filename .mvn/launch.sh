#!/bin/sh
# Runs a program of this repository, compiling first what has changed.
#
#   sh .mvn/launch.sh <module folder> <main class> [argument]…
#
# JVM options of the program come from JAVA_OPTS. Maven is only started when a source or a POM of the program is newer
# than its last build; else the JVM starts at once. The program replaces this shell, so signals and the exit code are
# the program's own. The module's POM has Maven write target/launch/classpath.new.
#
# Our own modules run from jars in target/launch/lib, which nothing but this script writes: a running program does not
# notice what Maven does.
#
# CLASS_ARCHIVES=yes has the JVM keep an archive of the classes it had loaded when it first ends in order, with which the
# next runs start in about two thirds of the processor time. The JVM itself sees when an archive no longer fits. The
# program makes the file target/launch/archives/complete once it is ready: what a start that failed left is too little.
set -eu

module=$1
main=$2
shift 2

called_from=$(pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
launch=$root/$module/target/launch
archives=$launch/archives
JAVA_HOME=$(sh "$root/.mvn/find-jdk.sh")
export JAVA_HOME

# True when something the program is made of is newer than its last build.
outdated() {
  [ -s "$launch/classpath" ] && [ -f "$launch/built" ] || return 0
  [ -z "$(find "$root/pom.xml" "$root/infrastructure/pom.xml" "$root/projections/pom.xml" -newer "$launch/built")" ] ||
    return 0
  # The folders of our own modules on the class path; a removed file shows in its folder's time.
  while IFS= read -r classes; do
    folder=${classes%/target/classes}
    [ -d "$classes" ] || return 0
    [ -z "$(find "$folder/pom.xml" "$folder/src/main" -newer "$launch/built" 2>/dev/null | head -n 1)" ] || return 0
  done <"$launch/modules"
  return 1
}

# Compiles the module and what it needs, one line a module; the whole of Maven's output only when it fails.
build() {
  mkdir -p "$launch"
  : >"$launch/building"
  echo "Building (the first time also downloads libraries, which takes minutes) …" >&2
  {
    status=0
    export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    "$root/mvnw" -B -f "$root/pom.xml" -pl "$module" -am process-classes jar:jar 2>&1 || status=$?
    echo "maven ended with $status"
  } | tee "$launch/build.log" | while IFS= read -r line; do
    case $line in
      *" Building "*"["*"/"*"]"*)
        step=${line##*Building }
        echo "  ${step%% *} [${line##*[}" >&2
        ;;
    esac
  done
  if [ "$(tail -n 1 "$launch/build.log")" != "maven ended with 0" ]; then
    grep -E '^\[ERROR\]|^Error|^Exception' "$launch/build.log" >&2 || cat "$launch/build.log" >&2
    echo "The build failed; all of its output is in $launch/build.log." >&2
    exit 1
  fi
  mkdir -p "$launch/lib"
  {
    ls "$root/$module"/target/*.jar
    tr ':' '\n' <"$launch/classpath.new"
  } | while IFS= read -r entry; do
    case $entry in
      "$root"/*/target/*.jar)
        echo "${entry%/*}/classes" >&3
        keep "$entry" "$launch/lib/${entry##*/}"
        echo "$launch/lib/${entry##*/}"
        ;;
      *) echo "$entry" ;;
    esac
  done 3>"$launch/modules" >"$launch/entries"
  paste -s -d ':' "$launch/entries" >"$launch/classpath"
  rm -rf "$archives"
  # The time the build began, so that an edit during the build counts as new.
  mv "$launch/building" "$launch/built"
}

# Puts a copy of $1 at $2 unless it is there: an archive of classes is only good for the very files it was made from.
keep() {
  cmp -s "$1" "$2" && return 0
  cp "$1" "$2.new"
  mv "$2.new" "$2" # a program that runs keeps the file it opened
}

if outdated; then
  build
fi

if [ "${CLASS_ARCHIVES:-}" = yes ]; then
  [ -f "$archives/complete" ] || rm -rf "$archives"
  mkdir -p "$archives" || true # without it the program starts all the same
  set -- -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$archives/${main##*.}.jsa" -Xlog:cds*=off -Xlog:aot*=off \
    -Dgamemetrics.class-archives="$archives" -cp "$(cat "$launch/classpath")" "$main" "$@"
else
  set -- -cp "$(cat "$launch/classpath")" "$main" "$@"
fi

cd "$called_from"
# shellcheck disable=SC2086 # options are meant to be split
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Daxoniq.update-checker.disabled=true ${JAVA_OPTS:-} "$@"

#!/bin/sh
# Runs a program of this repository from its compiled classes, compiling first what has changed.
#
#   sh .mvn/launch.sh <module folder> <main class> [argument]…
#
# JVM options of the program come from JAVA_OPTS. Maven is only started when a source or a POM of the program is newer
# than its last build; else the JVM starts at once. The program replaces this shell, so signals and the exit code are
# the program's own. The module's POM has Maven write target/launch/classpath.new.
set -eu

module=$1
main=$2
shift 2

called_from=$(pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
launch=$root/$module/target/launch
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
    "$root/mvnw" -B -f "$root/pom.xml" -pl "$module" -am process-classes 2>&1 || status=$?
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
  # Whether Maven named a module's jar or its classes depends on how far it built: here it is always the classes.
  {
    echo "$root/$module/target/classes"
    tr ':' '\n' <"$launch/classpath.new" | sed "s#^\($root/.*/target\)/[^/]*\.jar\$#\1/classes#"
  } >"$launch/entries"
  grep "^$root/.*/target/classes\$" "$launch/entries" >"$launch/modules"
  paste -s -d ':' "$launch/entries" >"$launch/classpath"
  # The time the build began, so that an edit during the build counts as new.
  mv "$launch/building" "$launch/built"
}

if outdated; then
  build
fi

cd "$called_from"
# shellcheck disable=SC2086 # options are meant to be split
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Daxoniq.update-checker.disabled=true ${JAVA_OPTS:-} -cp "$(cat "$launch/classpath")" "$main" "$@"

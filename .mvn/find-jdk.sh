#!/bin/sh
# Prints the home of a JDK 25 on one line.
#
# Looks at JAVA_HOME, then PATH, then where Linux and macOS usually keep JDKs; the first that fits wins. When there is
# none it says so in one sentence on standard error and exits with 1. Only shell built-ins and readlink are needed, so
# that it answers in milliseconds. GAMEMETRICS_JDK_ROOT is put before the absolute places: for the test of this script.
set -u

wanted=25
root=${GAMEMETRICS_JDK_ROOT:-}
home=${HOME:-/nonexistent}
newline='
'

# The feature version of the JDK in folder $1: "25" for 25.0.2. Empty when there is no JDK.
version_of() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version#\"}
        echo "${version%%[!0-9]*}"
        return 0
        ;;
    esac
  done <"$1/release"
}

# Prints $1 and ends the search when it is the home of a fitting JDK.
try() {
  [ -n "$1" ] || return 0
  if [ "$(version_of "$1")" = "$wanted" ]; then
    echo "$1"
    exit 0
  fi
}

# The file that a chain of symbolic links ends at.
resolved() {
  file=$1
  hops=0
  while [ -L "$file" ] && [ $hops -lt 40 ]; do
    target=$(readlink "$file")
    case $target in
      /*) file=$target ;;
      *) file=${file%/*}/$target ;;
    esac
    hops=$((hops + 1))
  done
  echo "$file"
}

try "${JAVA_HOME:-}"

old_ifs=$IFS
IFS=:
for folder in ${PATH:-}; do
  IFS=$old_ifs
  if [ -x "$folder/javac" ]; then
    compiler=$(resolved "$folder/javac")
    try "${compiler%/bin/javac}"
  fi
  IFS=:
done
IFS=$old_ifs

# macOS keeps a register of its JDKs.
if [ -x "$root/usr/libexec/java_home" ]; then
  try "$("$root/usr/libexec/java_home" -F -v "$wanted" 2>/dev/null)"
fi

# One pattern a line; a folder name may hold spaces, so each is expanded with the newline as the only separator.
IFS=$newline
for pattern in \
  "$root/usr/lib/jvm/*" \
  "$root/usr/lib64/jvm/*" \
  "$root/usr/java/*" \
  "$root/usr/local/java/*" \
  "$root/opt/*" \
  "$root/opt/java/*" \
  "$root/opt/jdk/*" \
  "$root/opt/hostedtoolcache/Java_*/$wanted*/*" \
  "$root/Library/Java/JavaVirtualMachines/*/Contents/Home" \
  "$root/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home" \
  "$root/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home" \
  "$root/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec" \
  "$home/Library/Java/JavaVirtualMachines/*/Contents/Home" \
  "$home/.sdkman/candidates/java/*" \
  "${SDKMAN_DIR:-$home/.sdkman}/candidates/java/*" \
  "$home/.jdks/*" \
  "$home/.asdf/installs/java/*" \
  "${ASDF_DATA_DIR:-$home/.asdf}/installs/java/*" \
  "$home/.local/share/mise/installs/java/*" \
  "${MISE_DATA_DIR:-$home/.local/share/mise}/installs/java/*" \
  "$home/.jenv/versions/*" \
  "$home/.gradle/jdks/*"; do
  for folder in $pattern; do
    try "$folder"
  done
done

echo "No JDK $wanted was found in JAVA_HOME, on PATH or in the usual places: install one (https://adoptium.net) or set JAVA_HOME to its folder." >&2
exit 1

#!/bin/sh
# Prints the ten slowest test classes of the last run, and how long all of them took, from Surefire's reports.
set -eu
cd "$(dirname "$0")/.."

find . -path '*/target/surefire-reports/TEST-*.xml' -not -path '*/node_modules/*' -exec sed -n \
  's/^<testsuite .* name="\([^"]*\)" time="\([^"]*\)".*/\2 \1/p' {} + | tr -d ',' | sort -rn |
  awk 'NR == 1 { print ""; print "Slowest test classes (seconds)" }
       NR <= 10 { printf "%8.1f  %s\n", $1, $2 }
       { total += $1 }
       END { if (NR) printf "%8.1f  all %d classes\n", total, NR }'

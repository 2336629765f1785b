# GameMetrics Pro. Every target finds a JDK 25 by itself; `make` alone lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run demo test test-faults bench e2e package data-map format

# Quiet on JDK 25 what Maven itself still asks the JVM for.
export MAVEN_OPTS := $(MAVEN_OPTS) --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

# The quotes: a folder's name may hold spaces.
MVN = JAVA_HOME="$$(sh .mvn/find-jdk.sh)" && export JAVA_HOME && ./mvnw -B

# Tags of tests that take longer than a build may.
SLOW = faults,bench

# What a server of its own would have here, for the platform's code and for what it is measured against.
MEASURED = -Xmx6g -Xmn3g -Dpostgresql.settings=shared_buffers=2GB,max_wal_size=8GB

help: ## This list
	@printf '\n  \033[1mGameMetrics Pro\033[0m\n\n'
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
	  printf '  \033[36mmake %-12s\033[0m %s\n' "$$name" "$$what"; done
	@printf '\n  ./gamemetrics --help   the command line: games, keys, events, queries\n\n'

run: ## Start the whole platform here, with real embedded servers; Ctrl-C stops it, data stays
	@CLASS_ARCHIVES=yes JAVA_OPTS="-XX:+UseG1GC -XX:G1PeriodicGCInterval=60000 $(JAVA_OPTS)" exec sh .mvn/launch.sh infrastructure/platform io.gamemetrics.infrastructure.platform.Platform

demo: export GAMEMETRICS_DEMO := yes
demo: run ## The same, with game `demo` to look at

test: ## Build and check everything and run every test; BROWSER=yes those in a browser too, as CI does
	@$(MVN) -T 2 verify $(if $(BROWSER),-DexcludedGroups=$(SLOW)); status=$$?; sh .mvn/slowest-tests.sh; exit $$status

test-faults: ## The long fault runs: kills, frozen writers, lost logs
	@$(MVN) package -Pjars -Dgroups=faults -DexcludedGroups=none

bench: ## Measure; BENCH=name takes one
	@$(MVN) test -Djvm.tests="$(MEASURED)" -Dgroups=bench -DexcludedGroups=none $(if $(BENCH),-Dtest='%regex[.*/[^/]*(?i:$(BENCH))[^/]*Bench.class]' -Dsurefire.failIfNoSpecifiedTests=false)

e2e: ## Journeys over HTTP, GraphQL and a real browser (Chromium, in PATH or GAMEMETRICS_CHROMIUM)
	@$(MVN) test -pl infrastructure/end-to-end-tests,query-side -am -DexcludedGroups=$(SLOW) -Dtest='io.gamemetrics.infrastructure.endtoendtests.**,*InBrowserTest' -Dsurefire.failIfNoSpecifiedTests=false

package: ## One jar a service in target/jars, each with all it needs; docs/operating says how to run them
	@$(MVN) -q package -Pjars -DskipTests && ls -l target/jars

data-map: ## Write docs/reference/data-map.md anew, from infrastructure/data-map
	@$(MVN) -q -Pquick test -pl infrastructure/data-map -am -Dtest=DataMapDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true

format: ## Format every source file
	@$(MVN) -q spotless:apply

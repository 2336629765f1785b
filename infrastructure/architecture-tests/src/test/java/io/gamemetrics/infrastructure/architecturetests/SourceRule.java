package io.gamemetrics.infrastructure.architecturetests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule over Java sources, for what compiled classes no longer show.
 *
 * @param sentence the rule in words
 * @param wrongPath where a source lies that the rule must catch
 * @param wrongText what that source says
 * @param objection what is wrong with the text of a file at a path; empty when nothing is
 */
record SourceRule(
        String sentence, String wrongPath, String wrongText, BiFunction<Path, String, List<String>> objection) {

    private static final int MAX_LINES = 300;

    /** Why these are longer; a file that is short again must leave the list. */
    static final Map<String, String> LONG_FILES = Map.ofEntries(
            Map.entry(
                    "projections/runtime/src/test/java/io/gamemetrics/projections/runtime/ProjectionContract.java",
                    "what the runner relies on, each against every projection's real store"),
            Map.entry(
                    "command-side/src/test/java/io/gamemetrics/commandside/player/RecordEventsTest.java",
                    "one given/when/then class a command, and this command meets every rule of a player"),
            Map.entry(
                    "infrastructure/privacy/src/test/java/io/gamemetrics/infrastructure/privacy/PostgresVaultTest.java",
                    "what one interface promises, each against the same two replicas"),
            Map.entry(
                    "projections/metrics/src/test/java/io/gamemetrics/projections/metrics/MetricsContract.java",
                    "every question that can be asked of the numbers, each held against the same oracle"),
            Map.entry(
                    "projections/metrics/src/test/java/io/gamemetrics/projections/metrics/History.java",
                    "one kind of disorder after another, drawn from one seed in one order"),
            Map.entry(
                    "projections/runtime/src/test/java/io/gamemetrics/projections/runtime/ProjectionRunnerTest.java",
                    "each way a runner can be disturbed, on the same servers"),
            Map.entry(
                    "projections/recommendations-store/src/test/java/io/gamemetrics/projections/recommendationsstore/vectors/"
                            + "VectorStoreContract.java",
                    "what one port promises, each against every store"),
            Map.entry(
                    "query-side/src/test/java/io/gamemetrics/queryside/SubscriptionsTest.java",
                    "what can be subscribed to, over each transport, on the same servers"),
            Map.entry(
                    "shared-kernel/src/main/java/io/gamemetrics/sharedkernel/player/PlayerEvent.java",
                    "everything that can happen to a player, in one file"),
            Map.entry(
                    "command-side/src/test/java/io/gamemetrics/commandside/search/StoreSearchesTest.java",
                    "a control in every store that is searched, on the same servers"));

    private static final Pattern MAIN_OR_TEST = Pattern.compile("(.*)/src/(main|test)/java/(.*)/[^/]+\\.java");
    private static final Pattern SLEEP =
            Pattern.compile("Thread\\s*\\.\\s*sleep\\s*\\(|TimeUnit\\.\\w+\\.sleep\\s*\\(|LockSupport\\.parkNanos");
    private static final Pattern BANNED_IMPORT =
            Pattern.compile("import (static )?(lombok|org\\.mockito|org\\.easymock)\\.");

    static final List<SourceRule> RULES = List.of(
            new SourceRule(
                    "A package is its folder's path without hyphens",
                    "projections/metrics-store/src/main/java/io/gamemetrics/metrics/Cell.java",
                    "package io.gamemetrics.metrics;",
                    SourceRule::packageIsNotItsFolder),
            // In classes beside the tests a pause may be the fault that is injected, or the step of a wait for a state.
            new SourceRule(
                    "A test waits for a state and never sleeps",
                    "query-side/src/test/java/io/gamemetrics/queryside/SleepyTest.java",
                    "package io.gamemetrics.queryside; class SleepyTest { void naps() { Thread." + "sleep(10); } }",
                    (path, text) -> path.toString().endsWith("Test.java") ? matches(SLEEP, text) : List.of()),
            new SourceRule(
                    "No Lombok, no mocks",
                    "query-side/src/test/java/io/gamemetrics/queryside/MockedTest.java",
                    "import static org." + "mockito.Mockito.mock;",
                    (path, text) -> matches(BANNED_IMPORT, text)),
            new SourceRule(
                    "Nothing is left for another day",
                    "query-side/src/main/java/io/gamemetrics/queryside/Unfinished.java",
                    "// " + "TO" + "DO: the rest",
                    (path, text) -> matches(Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b"), text)),
            new SourceRule(
                    "A file of more than " + MAX_LINES + " lines has a reason",
                    "query-side/src/main/java/io/gamemetrics/queryside/Long.java",
                    "//\n".repeat(MAX_LINES + 1),
                    SourceRule::isLongWithoutReason));

    /** What this rule objects to in a repository, one line each, beginning with the file. */
    List<String> objections(Repository repository) throws IOException {
        List<String> all = new ArrayList<>();
        for (Path file : repository.files(".java")) {
            objection.apply(file, repository.read(file)).forEach(what -> all.add(file + ": " + what));
        }
        return all;
    }

    @Override
    public String toString() {
        return sentence;
    }

    private static List<String> packageIsNotItsFolder(Path path, String text) {
        Matcher place = MAIN_OR_TEST.matcher(path.toString());
        if (!place.matches()) {
            return List.of("lies outside of src/main/java and src/test/java");
        }
        String module = "io/gamemetrics/" + place.group(1).replace("-", "");
        String folder = place.group(3);
        return folder.equals(module) || folder.startsWith(module + "/")
                ? List.of()
                : List.of("belongs under the package " + module.replace('/', '.'));
    }

    private static List<String> isLongWithoutReason(Path path, String text) {
        long lines = text.lines().count();
        boolean excused = LONG_FILES.containsKey(path.toString());
        if (lines > MAX_LINES && !excused) {
            return List.of(lines + " lines");
        }
        return lines <= MAX_LINES && excused ? List.of("is short again: take it off the list") : List.of();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match ->
                        "line " + (text.substring(0, match.start()).lines().count() + 1) + ": " + match.group())
                .toList();
    }
}

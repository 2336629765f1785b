package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = "Rebuilds a read model beside the live one, while everyone goes on reading.",
        mixinStandardHelpOptions = true)
final class Replay {

    private static final String PATH = "/v1/replays";
    private static final List<String> COLUMNS = List.of(
            "replayId", "projection", "version", "phase", "percent", "eventsPerSecond", "etaSeconds", "begunAt");

    @Command(
            name = "start",
            description = "Begins to build a new version, and shows how far it is until it has caught up.",
            mixinStandardHelpOptions = true)
    int start(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "PROJECTION", description = "Such as metrics.") String projection,
            @Option(names = "--events-per-second", description = "At most so many (default: as fast as it goes).")
                    @Nullable
                    Integer eventsPerSecond,
            @Option(names = "--abort-lag", description = "Give it up when the live version is so many seconds behind.")
                    @Nullable
                    Integer abortLag,
            @Option(names = "--abort-free", description = "Give it up when less than so many GiB of disk are free.")
                    @Nullable
                    Integer abortFree,
            @Option(names = "--game", description = "Rebuild only this game; may be repeated.") @Nullable
                    List<String> games,
            @Option(names = "--from", description = "Only games with an event stored at or after this.") @Nullable
                    String from,
            @Option(names = "--to", description = "And before this.") @Nullable String to,
            @Option(names = "--type", description = "Only events of this type, to compare; may be repeated.") @Nullable
                    List<String> types,
            @Option(
                            names = "--when-identical",
                            description = "Compare old and new once it has caught up, and switch if nothing differs.")
                    boolean whenIdentical,
            @Option(names = "--dry-run", description = "Say what it would take, and start nothing.") boolean dryRun,
            @Option(names = "--no-wait", description = "Do not wait until it has caught up.") boolean noWait)
            throws InterruptedException {
        ObjectNode body = Surroundings.JSON.createObjectNode().put("projection", projection);
        body.put("eventsPerSecond", eventsPerSecond).put("from", from).put("to", to);
        body.set("games", Surroundings.JSON.valueToTree(games));
        body.set("types", Surroundings.JSON.valueToTree(types));
        if (whenIdentical) {
            body.put("switch", "WHEN_IDENTICAL");
        }
        body.putObject("abortWhen").put("liveLagSeconds", abortLag).put("diskFreeGiB", abortFree);
        if (dryRun) {
            return showDry(surroundings, surroundings.commands().ask("POST", PATH, body.put("dryRun", true)));
        }
        String id =
                surroundings.commands().ask("POST", PATH, body).path("replayId").asText();
        if (noWait) {
            return ReplayView.show(surroundings, surroundings.commands().ask("GET", PATH + "/" + id, null));
        }
        return watch(surroundings, id);
    }

    @Command(
            name = "watch",
            description = "Shows how far a replay is until it has caught up. Stopping to watch stops nothing.",
            mixinStandardHelpOptions = true)
    int watch(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) throws InterruptedException {
        JsonNode last = new ReplayWatch(surroundings.terminal(), surroundings.json)
                .untilBuilt(() -> surroundings.commands().ask("GET", path(id), null));
        int shown = ReplayView.show(surroundings, last);
        return last.path("phase").asText().equals("ABORTED") ? Exit.FAILED.code : shown;
    }

    @Command(name = "list", description = "The latest replays, newest first.", mixinStandardHelpOptions = true)
    int list(@Mixin Surroundings surroundings) {
        JsonNode replays = surroundings.commands().ask("GET", PATH, null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), replays);
        } else {
            Show.table(surroundings.terminal().out(), replays, COLUMNS);
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "status",
            description = "How far a replay is, what proves it, and who did what.",
            mixinStandardHelpOptions = true)
    int status(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return ReplayView.show(surroundings, surroundings.commands().ask("GET", path(id), null));
    }

    @Command(name = "pause", description = "Stops it until it is resumed.", mixinStandardHelpOptions = true)
    int pause(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "pause");
    }

    @Command(name = "resume", description = "Goes on where it was paused.", mixinStandardHelpOptions = true)
    int resume(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "resume");
    }

    @Command(name = "throttle", description = "Changes how fast it goes.", mixinStandardHelpOptions = true)
    int throttle(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--events-per-second", description = "At most so many (default: as fast as it goes).")
                    @Nullable
                    Integer eventsPerSecond) {
        ObjectNode body = Surroundings.JSON.createObjectNode().put("eventsPerSecond", eventsPerSecond);
        return ReplayView.show(surroundings, surroundings.commands().ask("POST", path(id) + "/throttle", body));
    }

    @Command(
            name = "compare",
            description = "Holds old and new against each other, and lists what differs.",
            mixinStandardHelpOptions = true)
    int compare(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id)
            throws InterruptedException {
        surroundings.commands().ask("POST", path(id) + "/compare", null);
        JsonNode last = new ReplayWatch(surroundings.terminal(), surroundings.json)
                .untilCompared(() -> surroundings.commands().ask("GET", path(id), null));
        return ReplayView.showComparison(surroundings, last.path("comparison"));
    }

    @Command(
            name = "switch",
            description = "Readers see the new version from now on; the old one is kept up to date.",
            mixinStandardHelpOptions = true)
    int switchOver(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "switch");
    }

    @Command(name = "rollback", description = "Readers see the old version again.", mixinStandardHelpOptions = true)
    int rollback(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "rollback");
    }

    @Command(name = "cancel", description = "Gives the new version up.", mixinStandardHelpOptions = true)
    int cancel(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "cancel");
    }

    @Command(
            name = "drop",
            description = "Gives the old version up. There is no way back.",
            mixinStandardHelpOptions = true)
    int drop(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return order(surroundings, id, "drop");
    }

    @Command(
            name = "dismiss",
            description =
                    "You don't want a replay that `projections` offers: it is not offered again until more changes.",
            mixinStandardHelpOptions = true)
    int dismiss(@Mixin Surroundings surroundings, @Parameters(paramLabel = "OFFER") String id) {
        JsonNode offer = surroundings.commands().ask("POST", "/v1/offers/" + Names.inPath(id) + "/dismiss", null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), offer);
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Dismissed: " + offer.path("detail").asText());
        }
        return Exit.DONE.code;
    }

    private static int order(Surroundings surroundings, String id, String order) {
        return ReplayView.show(surroundings, surroundings.commands().ask("POST", path(id) + "/" + order, null));
    }

    private static int showDry(Surroundings surroundings, JsonNode answer) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), answer);
        } else {
            answer.properties().forEach(field -> surroundings
                    .terminal()
                    .out()
                    .println(field.getKey() + ": " + field.getValue().asText()));
        }
        return Exit.DONE.code;
    }

    private static String path(String id) {
        return PATH + "/" + Names.inPath(id);
    }
}

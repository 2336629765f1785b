package io.gamemetrics.infrastructure.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = "Erases a player everywhere: a request of one subject, executed at once. It can't be undone.",
        mixinStandardHelpOptions = true)
final class Erase implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Surroundings surroundings;

    @Parameters(paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private String game;

    @Parameters(paramLabel = "PLAYER", description = "The player's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private String player;

    @Override
    public Integer call() {
        return Requests.made(
                surroundings,
                surroundings
                        .commands()
                        .ask("DELETE", "/v1/games/" + Names.inPath(game) + "/players/" + Names.inPath(player), null));
    }
}

package io.gamemetrics.infrastructure.embeddedservers;

import java.util.Map;

/** Turns the last words of a server that would not start into a sentence with what to do. */
final class StartFailure {

    /** What a log says, and what that means for the one who started it. In the order in which they are looked for. */
    private static final Map<String, String> MEANINGS = Map.of(
            "No space left on device", "the disk is full: make room, then start again",
            "Address already in use", "its port was taken by another program a moment ago: start again",
            "Permission denied", "files of it may not be read or written: give them back to the user who starts it",
            "Cannot allocate memory", "there is not enough free memory: close other programs, then start again");

    private StartFailure() {}

    static CannotStartException explain(Recipe recipe, boolean late) {
        String log = recipe.folder().endOfLog();
        String meaning = MEANINGS.entrySet().stream()
                .filter(known -> log.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse((late ? "it was not ready within " + recipe.patience().toSeconds() + " s" : "it ended at once")
                        + ": its last words are in " + recipe.folder().log());
        return new CannotStartException(recipe.name() + " did not start, because " + meaning + ".");
    }
}

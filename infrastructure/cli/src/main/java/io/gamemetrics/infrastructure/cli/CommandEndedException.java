package io.gamemetrics.infrastructure.cli;

/** A command cannot go on. The message is for the one who typed it. */
final class CommandEndedException extends RuntimeException {

    private final Exit exit;

    CommandEndedException(Exit exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }
}

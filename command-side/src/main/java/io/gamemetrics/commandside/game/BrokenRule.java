package io.gamemetrics.commandside.game;

/** A game refused a command. Nothing broke, so there is no stack trace. */
final class BrokenRule extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GameRule rule;

    BrokenRule(GameRule rule) {
        super(rule.name(), null, false, false);
        this.rule = rule;
    }

    GameRule rule() {
        return rule;
    }
}

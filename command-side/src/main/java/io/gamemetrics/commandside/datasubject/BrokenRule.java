package io.gamemetrics.commandside.datasubject;

/** A request refused a command. Nothing broke, so there is no stack trace. */
final class BrokenRule extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RequestRule rule;

    BrokenRule(RequestRule rule) {
        super(rule.name(), null, false, false);
        this.rule = rule;
    }

    RequestRule rule() {
        return rule;
    }
}

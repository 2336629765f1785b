package io.gamemetrics.queryside.wiring;

import io.gamemetrics.queryside.game.ModelState;
import org.springframework.boot.actuate.health.Status;

/**
 * A read model's state as health names it. Only {@code UP} is one of Spring's own: the others are named, and say nothing
 * about whether the service is ready.
 */
final class ModelHealth {

    private ModelHealth() {}

    static Status of(ModelState state) {
        return switch (state) {
            case ModelState.Ready ready -> Status.UP;
            case ModelState.Beginning beginning -> new Status("BEGINNING");
            case ModelState.NotStarted notStarted -> new Status("NOT_STARTED");
            case ModelState.Unavailable unavailable -> new Status("UNAVAILABLE");
        };
    }
}

package io.gamemetrics.sharedkernel.ids;

import java.util.UUID;

/** The random name a player has inside the platform. It says nothing about the person without the vault. */
public record Pseudonym(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}

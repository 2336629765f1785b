package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;

/**
 * A person's name, encrypted.
 *
 * @param owner the player who gave it and under whose key it is
 */
public record Name(Pseudonym owner, byte[] sealed) {

    @Override
    public String toString() {
        return "Name[owner=" + owner + "]";
    }
}

package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.erasure.Remainder;

/** A remainder on its way from the projection that computes it to the event it becomes. */
public final class StoredRemainder {

    private StoredRemainder() {}

    public static byte[] write(Remainder remainder) {
        return StoredJson.write(out -> ErasureShapes.writeRemainder(remainder, out));
    }

    /** @throws IllegalArgumentException when the bytes are none; their content is not repeated */
    public static Remainder read(byte[] bytes) {
        try {
            FieldReader in = new FieldReader(StoredJson.read(bytes));
            Remainder remainder = ErasureShapes.readRemainder(in);
            in.requireNoneLeft();
            return remainder;
        } catch (MisshapenException e) {
            throw new IllegalArgumentException("not a remainder");
        }
    }
}

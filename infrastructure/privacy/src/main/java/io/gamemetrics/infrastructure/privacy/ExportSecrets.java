package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was gathered of a subject for themselves, until it is fetched: sealed in the vault under a key that this subject of
 * this request alone has. So one subject's part is destroyed when they are erased, and everybody's when the request ends. Safe
 * for concurrent use, also by several processes. Every method throws {@link VaultUnavailableException} when the database does
 * not answer.
 */
public final class ExportSecrets {

    private static final String STREAMS = "streams";

    private final RequestSecrets secrets;

    ExportSecrets(RequestSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Begins, with whose it is: nothing else can be kept before.
     *
     * @param streams of the players who are the subject
     */
    public void begin(UUID request, int subject, List<UUID> streams) {
        ByteBuffer bytes = ByteBuffer.allocate(16 * streams.size());
        streams.forEach(
                stream -> bytes.putLong(stream.getMostSignificantBits()).putLong(stream.getLeastSignificantBits()));
        secrets.put(keyOf(request, subject), request, STREAMS, bytes.array());
    }

    /** Whose it is, as {@link #begin} was told; empty: nothing is kept of this subject, not yet or no more. */
    public Optional<List<UUID>> streams(UUID request, int subject) {
        return secrets.find(keyOf(request, subject), STREAMS).map(found -> {
            ByteBuffer bytes = ByteBuffer.wrap(found);
            List<UUID> streams = new ArrayList<>();
            while (bytes.hasRemaining()) {
                streams.add(new UUID(bytes.getLong(), bytes.getLong()));
            }
            return streams;
        });
    }

    /**
     * Keeps a piece of one part; one that was kept before is replaced.
     *
     * @param part what it is a piece of, 1 to 40 characters; not secret
     * @param number of the piece in its part, from 0
     * @param piece at most {@link RequestSecrets#MAX_BYTES}
     * @param isLast whether the part is whole with it
     * @throws IllegalStateException when what was gathered of this subject was destroyed
     */
    public void keep(UUID request, int subject, String part, int number, byte[] piece, boolean isLast) {
        UUID key = keyOf(request, subject);
        secrets.put(key, request, part + "." + number, piece);
        if (isLast) {
            // After the pieces, so that whoever finds it finds all of them.
            secrets.put(
                    key,
                    request,
                    part,
                    ByteBuffer.allocate(4).putInt(number + 1).array());
        }
    }

    /** How many pieces a part has; empty when it is not kept. */
    public Optional<Integer> pieces(UUID request, int subject, String part) {
        return secrets.find(keyOf(request, subject), part)
                .map(bytes -> ByteBuffer.wrap(bytes).getInt());
    }

    /** One piece; empty when it was destroyed meanwhile. */
    public Optional<byte[]> piece(UUID request, int subject, String part, int number) {
        return secrets.find(keyOf(request, subject), part + "." + number);
    }

    /** Destroys what was gathered of one subject, for good. */
    public void destroy(UUID request, int subject) {
        secrets.destroy(keyOf(request, subject), request);
    }

    /** A key of its own beside the request's, found again without being written down. */
    private static UUID keyOf(UUID request, int subject) {
        return UUID.nameUUIDFromBytes(("export:" + request + ":" + subject).getBytes(StandardCharsets.US_ASCII));
    }
}

package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far one source has come on its way to one game of one platform, so that an interrupted command goes on where it
 * was. Removed when all has arrived. Holds counts only.
 */
final class ResumeFile {

    private final @Nullable Path file;
    private final String identity;

    private ResumeFile(@Nullable Path file, String identity) {
        this.file = file;
        this.identity = identity;
    }

    /** @param identity of source, game and platform; null: cannot be read twice, so nothing is kept */
    static ResumeFile in(Path folder, @Nullable String identity) {
        if (identity == null) {
            return new ResumeFile(null, "");
        }
        UUID name = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().toHexDigits(name.getMostSignificantBits());
        return new ResumeFile(folder.resolve("sending-" + hex + ".json"), identity);
    }

    Progress read() {
        if (file == null || !Files.isReadable(file)) {
            return Progress.NONE;
        }
        try {
            JsonNode state = Surroundings.JSON.readTree(file.toFile());
            if (!state.path("source").asText().equals(identity)) {
                return Progress.NONE;
            }
            Outcome outcome = Outcome.of(state, 0);
            return new Progress(state.path("events").asLong(), outcome);
        } catch (IOException e) {
            return Progress.NONE; // written by a dying machine: all is sent again, and counts once all the same
        }
    }

    void write(Progress progress) throws IOException {
        if (file == null) {
            return;
        }
        ObjectNode state = Surroundings.JSON.createObjectNode();
        state.put("source", identity);
        state.put("events", progress.events());
        state.put("accepted", progress.outcome().accepted());
        state.put("duplicates", progress.outcome().duplicates());
        state.put("rejected", progress.outcome().rejected());
        state.put("position", progress.outcome().position());
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path work = Files.createTempFile(folder, "sending-", ".new");
        Surroundings.JSON.writeValue(work.toFile(), state);
        Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** @param events how many, from the first on without a gap, have been answered */
    record Progress(long events, Outcome outcome) {
        static final Progress NONE = new Progress(0, Outcome.NOTHING);
    }
}

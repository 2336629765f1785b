package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a request is personal, as it lies in the vault under the request's key: who it is about, and what people wrote.
 *
 * @param how how it was made sure who is asking; absent until somebody says
 * @param reason what the request says; absent when it says nothing
 * @param keep what of the subjects outlives their erasure; a build that knows nothing of it can't read a request that keeps
 *     something, and so erases nobody of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Intake(
        List<Subject> subjects,
        @Nullable String how,
        @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Keep> keep) {

    /** The name it is kept under. */
    static final String NAME = "intake";

    private static final ObjectMapper JSON = new ObjectMapper();

    Intake {
        subjects = List.copyOf(subjects);
        // Those of before anything could be kept say nothing of it.
        keep = keep == null ? List.of() : List.copyOf(keep);
    }

    /** One of which nothing is kept. */
    Intake(List<Subject> subjects, @Nullable String how, @Nullable String reason) {
        this(subjects, how, reason, List.of());
    }

    Intake keeping(List<Keep> more) {
        return new Intake(subjects, how, reason, more);
    }

    /** One of those it is about. */
    record Subject(String game, String player) {

        GameId gameId() {
            return new GameId(game);
        }

        PlayerId playerId() {
            return new PlayerId(player);
        }

        @Override
        public String toString() {
            return "Subject[game=" + game + "]";
        }
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON");
        }
    }

    static Intake ofBytes(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Intake.class);
        } catch (IOException e) {
            // Its message repeats what was read.
            throw new IllegalStateException("what a request keeps must be a JSON document");
        }
    }

    @Override
    public String toString() {
        return "Intake[subjects=" + subjects.size() + "]";
    }
}

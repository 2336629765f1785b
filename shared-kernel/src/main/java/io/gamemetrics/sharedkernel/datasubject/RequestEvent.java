package io.gamemetrics.sharedkernel.datasubject;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.privacy.PersonalData;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Everything that can happen to a request of data subjects, in the request's own stream. Subjects are numbers from 0 in
 * the order they were named: who they are lies in the vault under a key of the request, as does all free text, so that
 * nothing here has to go when the request is over. {@code at} is when it happened; {@code by} the token's subject or the
 * key's id.
 */
public sealed interface RequestEvent {

    UUID requestId();

    Instant at();

    /**
     * Somebody asked.
     *
     * @param games of each subject, in their order
     * @param receivedAt when the request reached the studio: the clock runs from here
     * @param dueAt by when it must be answered
     * @param latestAt the longest it can be extended to
     */
    record RequestReceived(
            UUID requestId,
            RequestKind kind,
            List<GameId> games,
            Instant receivedAt,
            Instant dueAt,
            Instant latestAt,
            @PersonalData(purpose = "audit") String by,
            Instant at)
            implements RequestEvent {

        public RequestReceived {
            games = List.copyOf(games);
        }

        @Override
        public String toString() {
            return "RequestReceived[requestId=" + requestId + ", kind=" + kind + ", subjects=" + games.size() + "]";
        }
    }

    /** It was made sure that they are who they say. */
    record IdentityConfirmed(
            UUID requestId, @PersonalData(purpose = "audit") String by, Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "IdentityConfirmed[requestId=" + requestId + "]";
        }
    }

    /** The answer takes longer; once. */
    record RequestExtended(
            UUID requestId,
            Instant dueAt,
            @PersonalData(purpose = "audit") String by,
            Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "RequestExtended[requestId=" + requestId + ", dueAt=" + dueAt + "]";
        }
    }

    /** It is not done. The end. */
    record RequestRefused(
            UUID requestId, @PersonalData(purpose = "audit") String by, Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "RequestRefused[requestId=" + requestId + "]";
        }
    }

    /** It waits, for example for a court; the clock goes on. */
    record RequestHeld(
            UUID requestId, @PersonalData(purpose = "audit") String by, Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "RequestHeld[requestId=" + requestId + "]";
        }
    }

    /** It waits no longer. */
    record RequestReleased(
            UUID requestId, @PersonalData(purpose = "audit") String by, Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "RequestReleased[requestId=" + requestId + "]";
        }
    }

    /** From now on it can't be stopped. */
    record ExecutionOrdered(
            UUID requestId, @PersonalData(purpose = "audit") String by, Instant at) implements RequestEvent {
        @Override
        public String toString() {
            return "ExecutionOrdered[requestId=" + requestId + "]";
        }
    }

    /**
     * Every store has said that nothing is left of a subject, and their key is destroyed.
     *
     * @param purged what went, by store and kind
     */
    record SubjectPurged(UUID requestId, int subject, List<Purged> purged, Instant at) implements RequestEvent {

        public SubjectPurged {
            purged = List.copyOf(purged);
        }
    }

    /** How many rows of one kind went. */
    record Purged(String kind, long rows) {}

    /**
     * Something of a subject was kept when the rest of them went: sealed in the vault under a key of its own.
     *
     * @param records how many, 1 or more
     * @param until the last day it is kept
     * @param endsAt when that day is over in every game of the request
     */
    record SubjectKept(
            UUID requestId, int subject, KeptKind kind, long records, LocalDate until, Instant endsAt, Instant at)
            implements RequestEvent {}

    /** What was kept of a subject is destroyed. It may come after the request is proven. */
    record KeptEnded(UUID requestId, int subject, KeptKind kind, Instant at) implements RequestEvent {}

    /**
     * Every store was searched for what is known of a subject.
     *
     * @param hits in how many places something was found
     * @param searched what was looked through, store by store; empty where nothing of the subject was held, or in events
     *     of before this was told
     */
    record SubjectScanned(UUID requestId, int subject, int hits, List<Searched> searched, Instant at)
            implements RequestEvent {

        public SubjectScanned {
            searched = List.copyOf(searched);
        }
    }

    /**
     * A store that was looked through.
     *
     * @param store its name, of a read model with the version
     * @param values how many values, of {@code bytes} bytes together
     * @param hits in how many places something was found
     */
    record Searched(String store, long values, long bytes, int hits) {}

    /**
     * It is proven. The end, but for what is kept.
     *
     * @param certificate SHA-256 of the certificate's bytes, hexadecimal
     */
    record RequestCompleted(UUID requestId, String certificate, Instant at) implements RequestEvent {}

    /**
     * What is held of a subject lies ready for them.
     *
     * @param rows how many rows read models gave; events are read when they are fetched
     */
    record SubjectExported(UUID requestId, int subject, long rows, Instant at) implements RequestEvent {}

    /** What was ready is taken away. The end. */
    record ExportEnded(UUID requestId, Instant at) implements RequestEvent {}
}

package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a vault remembers of the searches for a request's subjects, beside the request's secrets and for as long. A vault that
 * was put back to before a search does not remember it, whatever the event store says: it is as it was never searched. Safe for
 * concurrent use, also by several processes. Every method throws {@link VaultUnavailableException} when the database does not
 * answer.
 */
public final class SearchMarks {

    private static final String IDS = "ids.";

    private final Transactions database;
    private final RequestSecrets secrets;

    SearchMarks(Transactions database, RequestSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** What is remembered. */
    public enum Mark {
        /** Everything was searched for the subject, this vault with it. */
        SEARCHED("searched."),
        /** The vault held nobody of this id, so there is nothing to look for. */
        NOBODY("nobody."),
        /** What else there was to look for is lost: the subject is looked for by the id that was asked for, and nothing more. */
        BY_ID_ALONE("by-id-alone.");

        private final String begin;

        Mark(String begin) {
            this.begin = begin;
        }
    }

    /**
     * Remembers this of a subject; again changes nothing.
     *
     * @param subject which of the request's, from 0
     * @throws IllegalStateException when the request's key was destroyed
     */
    public void put(UUID request, int subject, Mark mark) {
        secrets.put(request, mark.begin + subject, new byte[0]);
    }

    /**
     * Remembers the ids of all players who are a subject: by them is told what is kept of the subject itself. Replaces what was
     * remembered.
     */
    public void putIds(UUID request, int subject, Collection<PlayerId> ids) {
        secrets.put(
                request,
                IDS + subject,
                Texts.write(ids.stream().map(PlayerId::value).toList()));
    }

    /** What {@link #putIds} was told; none when it was not, or the request is over. */
    public List<PlayerId> ids(UUID request, int subject) {
        return secrets.find(request, IDS + subject).map(Texts::read).orElse(List.of()).stream()
                .map(PlayerId::new)
                .toList();
    }

    /** The subjects of which this is remembered; none when the request is over. */
    public Set<Integer> of(UUID request, Mark mark) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name FROM request_secret JOIN request_key USING (request)"
                            + " WHERE request = ? AND wrapped_key IS NOT NULL AND starts_with(name, ?)")) {
                select.setObject(1, request);
                select.setString(2, mark.begin);
                Set<Integer> subjects = new TreeSet<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        subjects.add(Integer.valueOf(rows.getString(1).substring(mark.begin.length())));
                    }
                }
                return subjects;
            }
        });
    }
}

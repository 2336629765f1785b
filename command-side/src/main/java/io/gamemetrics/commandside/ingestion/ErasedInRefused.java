package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which refused events name somebody who was erased, whatever they were refused for: as far as it can be told from texts
 * in fields whose names speak of a player or a user; of who was readmitted, what occurred before. Asked of the vault's
 * database, not of a lease.
 */
final class ErasedInRefused {

    /** So many texts of one event are looked at. */
    private static final int MAX_TEXTS = 20;

    private static final JsonFactory JSON = new JsonFactory();

    private ErasedInRefused() {}

    /**
     * For each event whether it names one.
     *
     * @param sent the events as they were sent
     */
    static List<Boolean> of(Vault vault, int gameNumber, List<byte[]> sent) {
        List<Said> said = sent.stream().map(ErasedInRefused::said).toList();
        Set<PlayerId> all = new HashSet<>();
        said.forEach(each -> all.addAll(each.players()));
        if (all.isEmpty()) {
            return said.stream().map(each -> false).toList();
        }
        Set<PlayerId> erased = vault.erasedNow(gameNumber, all);
        Map<PlayerId, Standing> standings = vault.standings(gameNumber, all);
        return said.stream()
                .map(each -> each.players().stream()
                        .anyMatch(player ->
                                erased.contains(player) || isOfBefore(standings.get(player), each.occurredAt())))
                .toList();
    }

    /** Whether it is of somebody who was readmitted, unless it says that it occurred since their erasure. */
    private static boolean isOfBefore(@Nullable Standing standing, @Nullable Instant occurredAt) {
        return switch (standing) {
            case Standing.Admitted admitted -> {
                Instant erasedAt = admitted.erasedAt();
                yield erasedAt != null && (occurredAt == null || !occurredAt.isAfter(erasedAt));
            }
            case Standing.Erased _ -> true;
            case null -> false;
        };
    }

    /**
     * What an event says.
     *
     * @param occurredAt absent where that can't be read
     */
    private record Said(Set<PlayerId> players, @Nullable Instant occurredAt) {}

    private static Said said(byte[] sent) {
        Instant occurredAt = null;
        Collection<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(sent)) {
            for (JsonToken token = parser.nextToken();
                    token != null && texts.size() < MAX_TEXTS;
                    token = parser.nextToken()) {
                String name = parser.currentName();
                if (token == JsonToken.VALUE_STRING && name != null && speaksOfAPerson(name)) {
                    texts.add(parser.getText());
                } else if (token == JsonToken.VALUE_STRING && "occurredAt".equals(name)) {
                    occurredAt = instant(parser.getText());
                }
            }
        } catch (IOException e) {
            // What was read up to there still counts.
        }
        Set<PlayerId> ids = new HashSet<>();
        for (String text : texts) {
            try {
                ids.add(new PlayerId(text));
            } catch (IllegalArgumentException e) {
                // What can't be a player's id is nobody's.
            }
        }
        return new Said(ids, occurredAt);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean speaksOfAPerson(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        return name.contains("player") || name.contains("user");
    }
}

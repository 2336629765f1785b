package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which refused events name somebody who was erased, whatever they were refused for: as far as it can be told from texts
 * in fields whose names speak of a player or a user. Asked of the vault's database, not of a lease.
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
        List<Set<PlayerId>> named = sent.stream().map(ErasedInRefused::named).toList();
        Set<PlayerId> all = new HashSet<>();
        named.forEach(all::addAll);
        Set<PlayerId> erased = all.isEmpty() ? Set.of() : vault.erasedNow(gameNumber, all);
        return named.stream()
                .map(ids -> ids.stream().anyMatch(erased::contains))
                .toList();
    }

    private static Set<PlayerId> named(byte[] sent) {
        Collection<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(sent)) {
            for (JsonToken token = parser.nextToken();
                    token != null && texts.size() < MAX_TEXTS;
                    token = parser.nextToken()) {
                String name = parser.currentName();
                if (token == JsonToken.VALUE_STRING && name != null && speaksOfAPerson(name)) {
                    texts.add(parser.getText());
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
        return ids;
    }

    private static boolean speaksOfAPerson(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        return name.contains("player") || name.contains("user");
    }
}

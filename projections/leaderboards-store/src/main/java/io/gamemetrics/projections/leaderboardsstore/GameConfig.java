package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.ZoneId;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A game's zones and boards as they were set, by position. Each partition writes the same facts at its own pace; what is
 * concluded from them depends on positions alone, so all conclude the same.
 */
final class GameConfig {

    private static final String ZONE = "zone:";
    private static final String BOARD = "board:";

    private final NavigableMap<Long, ZoneId> zones = new TreeMap<>();
    private final Map<String, NavigableMap<Long, String[]>> boards = new TreeMap<>();

    /** @param facts of the game's config hash */
    GameConfig(Map<String, String> facts) {
        facts.forEach((name, value) -> {
            if (name.startsWith(ZONE)) {
                zones.put(Long.parseLong(name.substring(ZONE.length())), ZoneId.of(value));
            } else if (name.startsWith(BOARD)) {
                String[] parts = value.split("\\|", 4);
                boards.computeIfAbsent(parts[3], id -> new TreeMap<>())
                        .put(Long.parseLong(name.substring(BOARD.length())), parts);
            }
        });
    }

    static String zoneField(Position at) {
        return ZONE + at.number();
    }

    static String boardField(Position at) {
        return BOARD + at.number();
    }

    /** The value of a definition's fact. */
    static String board(String boardId, String operator, String order, String reset) {
        return operator + "|" + order + "|" + reset + "|" + boardId;
    }

    /** Whether a zone set at this position would be none but the one before. */
    boolean isZoneBefore(ZoneId zone, long position) {
        Map.Entry<Long, ZoneId> before = zones.floorEntry(position);
        return before != null && before.getValue().equals(zone);
    }

    Set<String> boards() {
        return boards.keySet();
    }

    /**
     * By what a board counts unless its version was begun with another rule: as it was defined first, in the zone of that
     * time. Absent for one that never was.
     */
    Optional<BoardRule> ruleOf(String boardId) {
        return Optional.ofNullable(boards.get(boardId)).map(definitions -> ruleAt(definitions.firstEntry()));
    }

    /** Whether a board was there when the event at this position was stored. */
    boolean isDefinedBefore(String boardId, Position position) {
        NavigableMap<Long, String[]> definitions = boards.get(boardId);
        return definitions != null && definitions.firstKey() < position.number();
    }

    /** As it was defined last, in the zone the game has now. Absent for one that never was. */
    Optional<BoardRule> latestRuleOf(String boardId) {
        return Optional.ofNullable(boards.get(boardId))
                .map(definitions -> rule(definitions.lastEntry().getValue(), zones.lastEntry()));
    }

    private BoardRule ruleAt(Map.Entry<Long, String[]> definition) {
        return rule(definition.getValue(), zones.floorEntry(definition.getKey()));
    }

    private static BoardRule rule(String[] parts, Map.Entry<Long, ZoneId> zone) {
        if (zone == null) {
            throw new IllegalStateException("a board of a game that was never created");
        }
        return new BoardRule(
                BoardRule.Operator.valueOf(parts[0]),
                BoardRule.SortOrder.valueOf(parts[1]),
                BoardRule.Reset.valueOf(parts[2]),
                zone.getValue());
    }
}

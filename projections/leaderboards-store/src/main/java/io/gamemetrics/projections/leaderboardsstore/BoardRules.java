package io.gamemetrics.projections.leaderboardsstore;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules a version of the boards was begun with: they go before those boards were defined with first. Immutable. */
public final class BoardRules {

    /** Every board goes by its first definition. */
    public static final BoardRules NONE = new BoardRules(Map.of());

    private final Map<String, String> texts;

    private BoardRules(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** @param texts as {@link #texts} gave them */
    public static BoardRules of(Map<String, String> texts) {
        texts.values().forEach(BoardRule::parse);
        return new BoardRules(texts);
    }

    static BoardRules ofBoards(Map<Keys.Board, BoardRule> rules) {
        Map<String, String> texts = new TreeMap<>();
        rules.forEach((board, rule) -> texts.put(name(board), rule.text()));
        return new BoardRules(texts);
    }

    /** To be kept somewhere: names and values are texts without a meaning elsewhere. */
    public Map<String, String> texts() {
        return texts;
    }

    /** With those of others, which go before these. */
    public BoardRules with(BoardRules others) {
        Map<String, String> all = new HashMap<>(texts);
        all.putAll(others.texts);
        return new BoardRules(all);
    }

    Optional<BoardRule> ruleOf(Keys.Board board) {
        return Optional.ofNullable(texts.get(name(board))).map(BoardRule::parse);
    }

    private static String name(Keys.Board board) {
        return board.game() + ":" + board.id();
    }
}

package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A key in Redis as a cell of {@link LeaderboardsContents}. */
sealed interface Part permits HashPart, ListPart {

    Cell.Key key();

    long count(Redis redis);

    /** Gives all entries, some perhaps twice. */
    void forEach(Redis redis, Consumer<Entry> each);

    /** Gives those with these keys. */
    void find(Redis redis, List<String> keys, Consumer<Entry> each);

    /** All parts of a game. */
    static List<Part> ofGame(Redis redis, int game) {
        List<Part> parts = new ArrayList<>();
        for (HashPart.Sort sort : HashPart.Sort.values()) {
            if (sort.isOfGame()) {
                parts.add(of(redis.keys(), new Cell.Key(sort.section(), game, "")));
            }
        }
        for (String boardId : new GameRegistry(redis, game).config().boards()) {
            parts.add(of(redis.keys(), new Cell.Key(HashPart.Sort.RULE.section(), game, boardId)));
            for (byte[] period : redis.fields(redis.keys().changed(new Keys.Board(game, boardId)))) {
                String part = boardId + "/" + Bytes.text(period);
                parts.add(of(redis.keys(), new Cell.Key(HashPart.Sort.VALUE.section(), game, part)));
                parts.add(of(redis.keys(), new Cell.Key(ListPart.SECTION, game, part)));
            }
        }
        return parts;
    }

    /** @throws IllegalArgumentException when there is no such section */
    static Part of(Keys keys, Cell.Key cell) {
        String part = cell.part();
        // A period has no slash; a board's id may.
        int slash = part.lastIndexOf('/');
        Keys.Board board = new Keys.Board(cell.game(), slash < 0 ? part : part.substring(0, slash));
        String period = part.substring(slash + 1);
        if (cell.section().equals(ListPart.SECTION)) {
            return new ListPart(cell, keys.rank(board, period));
        }
        HashPart.Sort sort = HashPart.Sort.of(cell.section());
        return new HashPart(
                cell,
                sort,
                switch (sort) {
                    case BAN -> keys.bans(cell.game());
                    case FACT -> keys.config(cell.game());
                    case LINK -> keys.links(cell.game());
                    case RULE -> keys.meta(new Keys.Board(cell.game(), part));
                    case VALUE -> keys.state(board, period);
                });
    }
}

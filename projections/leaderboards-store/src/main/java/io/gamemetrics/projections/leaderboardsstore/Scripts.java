package io.gamemetrics.projections.leaderboardsstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** The Lua scripts. Those of a board begin with what they share; Redis keeps each by its hash. */
final class Scripts {

    private static final String FOLDER = "/redis/leaderboards-store/";
    private static final String BOARD = read("board.lua");
    private static final String LIST = read("list.lua");
    private static final String TAKE = read("take.lua");

    /** Answers a word. */
    static final RedisScript<byte[]> APPLY = RedisScript.of(BOARD + LIST + read("apply.lua"), byte[].class);

    static final RedisScript<List<?>> PAGE = answeringAList(BOARD + read("page.lua"));
    static final RedisScript<List<?>> PLACE = answeringAList(BOARD + read("place.lua"));

    /** Answers a number. */
    static final RedisScript<Long> PURGE = RedisScript.of(BOARD + read("purge.lua"), Long.class);

    /** These answer a number. */
    static final RedisScript<Long> LOST = RedisScript.of(BOARD + read("lost.lua"), Long.class);

    static final RedisScript<Long> GAME = RedisScript.of(read("game.lua"), Long.class);

    /** Answers 1 or 0. */
    static final RedisScript<Long> CHECKPOINT = RedisScript.of(read("checkpoint.lua"), Long.class);

    /** These answer 1, or a number that is not positive. */
    static final RedisScript<Long> TAKE_PARKED = RedisScript.of(TAKE + read("take-parked.lua"), Long.class);

    static final RedisScript<Long> TAKE_GAME = RedisScript.of(TAKE + read("take-game.lua"), Long.class);
    static final RedisScript<Long> TAKE_BOARD = RedisScript.of(BOARD + TAKE + read("take-board.lua"), Long.class);
    static final RedisScript<Long> TAKE_VALUES =
            RedisScript.of(BOARD + LIST + TAKE + read("take-values.lua"), Long.class);
    static final RedisScript<Long> TAKEN = RedisScript.of(TAKE + read("taken.lua"), Long.class);
    static final RedisScript<Long> TAKE_DONE = RedisScript.of(read("take-done.lua"), Long.class);

    private Scripts() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static RedisScript<List<?>> answeringAList(String text) {
        return (RedisScript) RedisScript.of(text, List.class);
    }

    private static String read(String file) {
        try (InputStream in = Scripts.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("no script " + file);
            }
            return Bytes.text(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

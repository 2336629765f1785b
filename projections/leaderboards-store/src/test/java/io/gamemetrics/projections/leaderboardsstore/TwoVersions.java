package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A live version of the boards, 1, and one that is filled from it, 2; a third is counted whole, to hold them against. Of two
 * games the second is rebuilt. On a Redis that is emptied first.
 */
final class TwoVersions implements AutoCloseable {

    static final int REBUILT = History.GAMES.getLast();
    static final LeftOut LEFT_OUT = new LeftOut(Set.of(REBUILT), parked -> OptionalInt.empty());

    final LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url());

    TwoVersions() {
        empty();
    }

    @Override
    public void close() {
        redis.close();
    }

    void empty() {
        new LeaderboardsCleaner(redis).dropAll();
    }

    /** A version that can be fed. */
    Played played(int version) {
        return new Played(redis, version, REBUILT);
    }

    Redis direct(int version) {
        return new Redis(redis, version);
    }

    /** The second version, by a process that may be killed. */
    FailingRedis filled() {
        return new FailingRedis(redis, 2);
    }

    Map<Integer, Position> takeOver() {
        return LeaderboardsTakeOver.run(redis, 2, 1, LEFT_OUT);
    }

    /** @param piece how many fields one script brings at most */
    Map<Integer, Position> takeOver(Redis into, int piece) {
        return takeOver(into, LEFT_OUT, piece);
    }

    Map<Integer, Position> takeOver(Redis into, LeftOut leftOut, int piece) {
        return new LeaderboardsTakeOver(into, direct(1), leftOut, piece).run();
    }

    /** Holds a version against the one that was counted whole. */
    void sameAsWhole(String where, int version) {
        Held.same(where, Held.in(redis, version), Held.in(redis, 3));
    }
}

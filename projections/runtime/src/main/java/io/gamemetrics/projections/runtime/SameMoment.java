package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Both versions of a replay as of the same positions, while events come in: the one nobody reads waits, the other is looked
 * at as it is, the waiting one goes exactly as far and is looked at there. Readers notice nothing, and from then on neither
 * has to wait. Where contents can't be held for a moment, both are given as they are. Used by one thread.
 */
final class SameMoment implements AutoCloseable {

    private final Holding holding;
    private final int read;
    private final int unread;
    private final boolean isBuiltRead;
    private final IntFunction<Contents> contents;
    private final ContentsDiff.Heard heard;
    private @Nullable Contents readContents;
    private @Nullable Contents unreadContents;

    /** @param heard told while it waits */
    SameMoment(
            Comparisons comparisons,
            long comparison,
            String instance,
            Replay replay,
            IntFunction<Contents> contents,
            ContentsDiff.Heard heard) {
        this.holding = new Holding(comparisons, comparison, instance, System::nanoTime);
        this.isBuiltRead = replay.phase() == Replay.Phase.SWITCHED;
        this.read = isBuiltRead ? replay.version() : replay.replaces();
        this.unread = isBuiltRead ? replay.replaces() : replay.version();
        this.contents = contents;
        this.heard = heard;
    }

    Contents old() {
        return Objects.requireNonNull(isBuiltRead ? unreadContents : readContents);
    }

    Contents built() {
        return Objects.requireNonNull(isBuiltRead ? readContents : unreadContents);
    }

    /** Waits until both are of one moment. */
    void reach(int partitions) throws InterruptedException {
        Contents first = contents.apply(read);
        readContents = first;
        if (!first.isOfOneMoment()) {
            unreadContents = contents.apply(unread);
            return;
        }
        Deadline deadline = new Deadline("The two versions did not come to the same position within a minute.");
        try {
            while (!isReached(partitions, deadline)) {
                deadline.pause();
            }
        } finally {
            holding.release();
        }
    }

    /** One attempt: it fails when the waiting version was further on somewhere before it heard that it is to wait. */
    private boolean isReached(int partitions, Deadline deadline) throws InterruptedException {
        holding.at(new Hold(Map.of()));
        Contents ahead = look(read, true);
        while (!isAhead(ahead.positions(), positions(unread), partitions)) {
            deadline.pause();
            heard.at(0, 0);
            holding.at(new Hold(Map.of()));
            ahead = look(read, true);
        }
        Map<Integer, Position> target = ahead.positions();
        holding.at(new Hold(target));
        Map<Integer, Position> here = positions(unread);
        while (!here.equals(target)) {
            if (!isAhead(target, here, partitions)) {
                return false;
            }
            deadline.pause();
            heard.at(0, 0);
            holding.at(new Hold(target));
            here = positions(unread);
        }
        // It may go no further, so what is looked at now is what was seen.
        Contents reached = look(unread, false);
        return reached.positions().equals(target);
    }

    private Contents look(int version, boolean isRead) {
        Contents fresh = contents.apply(version);
        Contents last = isRead ? readContents : unreadContents;
        if (isRead) {
            readContents = fresh;
        } else {
            unreadContents = fresh;
        }
        if (last != null) {
            last.close();
        }
        return fresh;
    }

    private Map<Integer, Position> positions(int version) {
        try (Contents here = contents.apply(version)) {
            return here.positions();
        }
    }

    private static boolean isAhead(Map<Integer, Position> ahead, Map<Integer, Position> behind, int partitions) {
        return ahead.size() == partitions
                && behind.size() == partitions
                && behind.entrySet().stream().allMatch(each -> {
                    Position there = ahead.get(each.getKey());
                    return there != null && there.covers(each.getValue());
                });
    }

    @Override
    public void close() {
        if (readContents != null) {
            readContents.close();
        }
        if (unreadContents != null) {
            unreadContents.close();
        }
    }
}

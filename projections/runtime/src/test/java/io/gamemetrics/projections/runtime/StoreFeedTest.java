package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StoreFeedTest {

    private final LiveStream stream = new LiveStream();
    private final StoreFeed feed = new StoreFeed(
            stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, Pace.UNBOUNDED, "feed-of-this-test");

    @AfterEach
    void close() {
        feed.close();
        stream.close();
    }

    /** A partition that went away and came back: whoever had it before may take a while to leave. */
    @Test
    @Timeout(60)
    void who_leaves_late_takes_nothing_from_who_has_the_partition_now() throws Exception {
        Position beginning = new Position(stream.store.position().incarnation(), 0);
        StorePart before = feed.open(0, beginning);
        StorePart now = feed.open(0, beginning);
        before.close();
        stream.append(60);

        StorePage page = now.take();
        while (page == null) {
            page = now.take();
        }
        assertThat(page.events()).isNotEmpty();
        now.close();
    }
}

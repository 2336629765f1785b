package io.gamemetrics.infrastructure.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestoredStoreTest {

    private final Stream stream = new Stream();
    private final RestoredStore restored = new RestoredStore(stream.settings, stream.store);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_store_that_was_restored_and_grew_again_is_found_and_mended() throws Exception {
        publish(60);
        publish(40);
        restoreTo(60);
        stream.append(70, 2);

        RestoredStore.Finding finding = restored.examine();
        assertThat(finding.isIntact()).isFalse();
        assertThat(finding.common()).isEqualTo(60);
        assertThat(finding.lost()).isEqualTo(40);
        assertThat(finding.head().number()).isEqualTo(130);

        try (EventPublisher publisher = stream.publisher()) {
            publisher.start();
            Stream.await(() -> publisher.status().state() == PublisherStatus.State.STOPPED);
        }
        Position reborn = restored.beginNewLife();

        assertThat(reborn.incarnation()).isNotEqualTo(finding.head().incarnation());
        try (EventPublisher publisher = stream.publisher()) {
            publisher.start();
            stream.awaitPublished(publisher);
        }
        assertThat(stream.positions())
                .isEqualTo(LongStream.rangeClosed(1, 130).boxed().toList());
        assertThat(restored.examine().isIntact()).isTrue();
    }

    @Test
    void a_store_with_less_than_was_published_has_lost_it() throws Exception {
        publish(50);
        publish(20);
        restoreTo(50);

        RestoredStore.Finding finding = restored.examine();

        assertThat(finding.isIntact()).isFalse();
        assertThat(finding.common()).isEqualTo(50);
        assertThat(finding.lost()).isEqualTo(20);
    }

    @Test
    void a_store_that_only_grew_is_intact() {
        assertThat(restored.examine().isIntact()).isTrue();
        assertThat(restored.examine().published()).isEqualTo(Optional.empty());
        publish(30);
        stream.append(5);

        RestoredStore.Finding finding = restored.examine();

        assertThat(finding.isIntact()).isTrue();
        assertThat(finding.lost()).isZero();
        assertThat(finding.common()).isEqualTo(30);
    }

    @Test
    void a_store_of_which_kafka_has_nothing_is_not_called_intact() {
        stream.append(5);

        RestoredStore.Finding finding = restored.examine();

        assertThat(finding.isCompared()).isFalse();
        assertThat(finding.isIntact()).isFalse();
        assertThat(finding.common()).isZero();
        assertThat(finding.lost()).isZero();
    }

    private void publish(int count) {
        stream.append(count);
        try (EventPublisher publisher = stream.publisher()) {
            publisher.start();
            stream.awaitPublished(publisher);
        }
    }

    /** What a backup of that time, restored, leaves. */
    private void restoreTo(long position) throws Exception {
        try (Connection connection = DriverManager.getConnection(stream.url);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM stream_key WHERE (stream, sequence) IN"
                    + " (SELECT stream, sequence FROM events WHERE position > " + position + ")");
            statement.execute("DELETE FROM events WHERE position > " + position);
            statement.execute("UPDATE stream_head SET position = " + position);
        }
        stream.forgetSequences();
    }
}

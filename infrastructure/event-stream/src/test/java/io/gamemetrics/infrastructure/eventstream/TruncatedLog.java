package io.gamemetrics.infrastructure.eventstream;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Takes records away behind the stream's back, as an operator's mistake or a lost disk would. */
final class TruncatedLog {

    private TruncatedLog() {}

    /** Deletes all records a partition has now. Returns how far its log had come. */
    static long forget(StreamSettings settings, int partition) throws Exception {
        TopicPartition here = new TopicPartition(settings.topic(), partition);
        try (Admin admin = new KafkaClients(settings).createAdmin()) {
            long end = admin.listOffsets(Map.of(here, OffsetSpec.latest()))
                    .partitionResult(here)
                    .get()
                    .offset();
            admin.deleteRecords(Map.of(here, RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
            return end;
        }
    }
}

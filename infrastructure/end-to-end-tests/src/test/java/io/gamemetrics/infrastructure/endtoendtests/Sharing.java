package io.gamemetrics.infrastructure.endtoendtests;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/** How the instances of a projection share the stream's partitions. */
record Sharing(String bootstrapServers, String projection) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** Waits until so many instances have partitions, and all partitions are with one of them. */
    void await(int instances, int partitions) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Integer> shares;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            do {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(projection + " is not shared among " + instances + " instances");
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                shares = shares(admin);
            } while (shares.size() != instances
                    || shares.contains(0)
                    || shares.stream().mapToInt(Integer::intValue).sum() != partitions);
        }
    }

    private List<Integer> shares(Admin admin) throws InterruptedException, ExecutionException {
        String group = "gamemetrics.events." + projection;
        ConsumerGroupDescription found = admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .values()
                .iterator()
                .next();
        return found.members().stream()
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().size())
                .toList();
    }
}

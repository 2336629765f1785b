package io.gamemetrics.infrastructure.eventstream;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The stream's topic: made when it is missing, checked and put right at every start. */
public final class EventTopic {

    private final StreamSettings settings;

    public EventTopic(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes sure the topic is there as configured. Several may do so at once.
     *
     * @throws StreamStoppedException when it has another number of partitions
     * @throws KafkaException when Kafka can't be asked
     */
    public void ensure(Admin admin) {
        try {
            createIfMissing(admin);
            int found = partitions(admin);
            if (found != settings.partitions()) {
                throw new StreamStoppedException("Kafka topic " + settings.topic() + " has " + found
                        + " partitions but " + settings.partitions()
                        + " are configured: configure " + found
                        + ", or name a new topic and replay, because events of one player must stay in one partition.");
            }
            correctConfig(admin);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + settings.topic() + " could not be checked", e.getCause());
        }
    }

    /**
     * The offset after the last committed record of a partition at this moment. What is committed later has a higher one
     * or this one.
     *
     * @throws KafkaException when Kafka can't be asked
     */
    public long endOffset(Admin admin, int partition) {
        TopicPartition here = new TopicPartition(settings.topic(), partition);
        try {
            return admin.listOffsets(
                            Map.of(here, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .partitionResult(here)
                    .get()
                    .offset();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("the end of topic " + settings.topic() + " could not be asked for", e.getCause());
        }
    }

    /**
     * Whether nobody has made the topic yet.
     *
     * @throws KafkaException when Kafka can't be asked
     */
    boolean isMissing(Admin admin) {
        try {
            admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            throw new KafkaException("topic " + settings.topic() + " could not be looked for", e.getCause());
        }
    }

    private void createIfMissing(Admin admin) throws InterruptedException, ExecutionException {
        try {
            admin.describeTopics(List.of(settings.topic())).allTopicNames().get();
        } catch (ExecutionException missing) {
            if (!(missing.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw missing;
            }
            create(admin);
        }
    }

    private void create(Admin admin) throws InterruptedException, ExecutionException {
        NewTopic topic = new NewTopic(settings.topic(), settings.partitions(), settings.replicas()).configs(config());
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private int partitions(Admin admin) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                Map<String, TopicDescription> found = admin.describeTopics(List.of(settings.topic()))
                        .allTopicNames()
                        .get();
                return requireNonNull(found.get(settings.topic())).partitions().size();
            } catch (ExecutionException e) {
                // Just made: the broker that answers may not have heard of it yet.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private void correctConfig(Admin admin) throws InterruptedException, ExecutionException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        Config found =
                requireNonNull(admin.describeConfigs(List.of(topic)).all().get().get(topic));
        Collection<AlterConfigOp> different = config().entrySet().stream()
                .filter(wanted -> found.get(wanted.getKey()) == null
                        || !wanted.getValue().equals(found.get(wanted.getKey()).value()))
                .map(wanted -> new AlterConfigOp(
                        new ConfigEntry(wanted.getKey(), wanted.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        if (!different.isEmpty()) {
            admin.incrementalAlterConfigs(Map.of(topic, different)).all().get();
        }
    }

    private Map<String, String> config() {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(settings.retention().toMillis()));
        config.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(settings.retentionBytesPerPartition()));
        // Whole segments are deleted: small ones let the two bounds above bite in time.
        config.put(
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Long.toString(Math.clamp(settings.retentionBytesPerPartition() / 8, 1 << 20, 1 << 30)));
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, settings.replicas() > 2 ? "2" : "1");
        config.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        return config;
    }
}

package io.gamemetrics.infrastructure.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestKafkaTest {

    @Test
    void carriesTopicsOfTests() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("test-kafka", 6, (short) 1)))
                    .all()
                    .get();
            assertThat(admin.listTopics().names().get()).contains("test-kafka");
        }
    }
}

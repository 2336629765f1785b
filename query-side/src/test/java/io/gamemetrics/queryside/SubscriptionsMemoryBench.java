package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The live heap of a node whose subscribers come and go, some of whom read nothing, while events go on: after minutes it
 * is what it was. {@code -Dseconds} says for how long, {@code -Dclients} how many stay all the while.
 */
@Tag("bench")
class SubscriptionsMemoryBench {

    private static final int SECONDS = Integer.getInteger("seconds", 180);
    private static final int CLIENTS = Integer.getInteger("clients", 90);
    private static final int LOOKS = 9;
    private static final int EVENT_MILLIS = 50;
    private static final long MOST_GROWTH_BYTES = 4 << 20;

    @Test
    void the_heap_stays_what_it_was() throws Exception {
        try (LiveData data = new LiveData();
                QueryService service = QueryService.start(data.with(Map.of()));
                ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            Process traffic = traffic(service.port());
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch ready = listen(traffic, said);
            AtomicLong stored = new AtomicLong();
            assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
            var unused = clock.scheduleAtFixedRate(
                    () -> {
                        data.store(1);
                        data.count(1, "intendo");
                        data.boardChanged("best", new Position(1, stored.incrementAndGet()));
                    },
                    0,
                    EVENT_MILLIS,
                    TimeUnit.MILLISECONDS);
            try {
                List<Long> heaps = new ArrayList<>();
                for (int look = 1; look <= LOOKS; look++) {
                    TimeUnit.SECONDS.sleep(SECONDS / LOOKS);
                    heaps.add(look(look, traffic, service, stored));
                }
                clock.shutdownNow();
                System.out.println(said);
                long early = Collections.max(heaps.subList(1, 1 + LOOKS / 3));
                long late = Collections.min(heaps.subList(LOOKS - LOOKS / 3, LOOKS));
                assertThat(late - early).as("bytes of growth, from %s", heaps).isLessThan(MOST_GROWTH_BYTES);
                assertThat(said).contains("dropped 4509");
            } finally {
                traffic.destroyForcibly();
            }
        }
    }

    private static long look(int look, Process traffic, QueryService service, AtomicLong stored) throws IOException {
        OutputStream in = traffic.getOutputStream();
        in.write('\n');
        in.flush();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                "%4d s: %,d bytes of heap, %d threads, %d follow events, %d events so far%n",
                look * (SECONDS / LOOKS),
                heap,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                service.followers(),
                stored.get());
        return heap;
    }

    private static CountDownLatch listen(Process traffic, List<String> said) {
        CountDownLatch ready = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(traffic.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("ready")) {
                        ready.countDown();
                    } else {
                        said.add(line);
                    }
                }
            } catch (IOException e) {
                said.add("the clients are gone");
            }
        });
        return ready;
    }

    private static Process traffic(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SocketTraffic.class.getName(),
                        Integer.toString(port),
                        QueryService.token("intendo", Role.ANALYST),
                        Integer.toString(CLIENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

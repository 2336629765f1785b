package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Where this JVM's time goes while something is measured, with {@code -Dprofile=true}: a recording beside the figures, and
 * shares by what the innermost known frame belongs to. Recording costs a little itself: a figure to quote is taken without.
 */
final class IngestProfile implements AutoCloseable {

    private static final int FRAMES_SHOWN = 25;

    /** Beginnings of class names, by topic; the first that fits counts, frame by frame from the innermost one. */
    private static final Map<String, List<String>> TOPICS = new LinkedHashMap<>();

    static {
        TOPICS.put(
                "load generator",
                List.of(
                        "io.gamemetrics.infrastructure.testkit.IngestLoad",
                        "io.gamemetrics.commandside.ingestion.IngestSenders",
                        "jdk.internal.net.http",
                        "java.net.http"));
        TOPICS.put(
                "parse",
                List.of(
                        "com.fasterxml.jackson",
                        "io.gamemetrics.commandside.ingestion.Event",
                        "io.gamemetrics.commandside.ingestion.Field",
                        "io.gamemetrics.commandside.ingestion.Envelope",
                        "io.gamemetrics.commandside.ingestion.JsonFields"));
        TOPICS.put(
                "crypto",
                List.of(
                        "com.sun.crypto",
                        "javax.crypto",
                        "sun.security.provider",
                        "io.gamemetrics.infrastructure.privacy"));
        TOPICS.put("event bytes", List.of("io.gamemetrics.infrastructure.eventcatalog"));
        TOPICS.put("Axon", List.of("org.axonframework"));
        TOPICS.put(
                "COPY and queries",
                List.of("org.postgresql", "io.gamemetrics.infrastructure.eventstore", "com.zaxxer"));
        TOPICS.put("deciding", List.of("io.gamemetrics.commandside", "io.gamemetrics.sharedkernel"));
        TOPICS.put(
                "HTTP",
                List.of(
                        "org.apache",
                        "org.springframework",
                        "jakarta",
                        "io.gamemetrics.infrastructure.web",
                        "sun.nio.ch"));
    }

    private final String name;
    private final Map<String, Long> samples = new HashMap<>();
    private final Map<String, Long> frames = new HashMap<>();
    private Duration collecting = Duration.ZERO;
    private Duration compiling = Duration.ZERO;
    private int recordings;
    private @Nullable Recording recording;

    private IngestProfile(String name) {
        this.name = name;
    }

    static IngestProfile start(String name) {
        return new IngestProfile(name);
    }

    void on() throws IOException, ParseException {
        if (Boolean.getBoolean("profile")) {
            recording = new Recording(Configuration.getConfiguration("profile"));
            recording.start();
        }
    }

    void off() throws IOException {
        if (recording == null) {
            return;
        }
        try (Recording ended = recording) {
            ended.stop();
            Path file = Files.createDirectories(BenchReport.root().resolve("target/bench"))
                    .resolve(name + "-" + recordings++ + ".jfr");
            ended.dump(file);
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    count(events.readEvent());
                }
            }
        }
        recording = null;
    }

    private void count(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> sample(event);
            case "jdk.GarbageCollection" -> collecting = collecting.plus(event.getDuration("sumOfPauses"));
            case "jdk.Compilation" -> compiling = compiling.plus(event.getDuration());
            default -> {}
        }
    }

    private void sample(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return;
        }
        List<RecordedFrame> stack = event.getStackTrace().getFrames();
        boolean isNative = event.getEventType().getName().equals("jdk.NativeMethodSample");
        String top = frame(stack.getFirst());
        if (isNative && (top.contains("poll") || top.contains("Poll") || top.contains("accept"))) {
            return; // waits
        }
        frames.merge(top, 1L, Long::sum);
        samples.merge(topic(stack), 1L, Long::sum);
    }

    private static String topic(List<RecordedFrame> stack) {
        for (RecordedFrame frame : stack) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, List<String>> topic : TOPICS.entrySet()) {
                if (topic.getValue().stream().anyMatch(type::startsWith)) {
                    return topic.getKey();
                }
            }
        }
        return "other";
    }

    private static String frame(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    @Override
    public void close() {
        if (recordings == 0) {
            return;
        }
        System.out.printf("%s: samples by topic%n", name);
        print(samples, samples.size());
        System.out.printf("%s: innermost frames%n", name);
        print(frames, FRAMES_SHOWN);
        System.out.printf(
                "%s: paused for collections %,d ms, compiled for %,d ms%n",
                name, collecting.toMillis(), compiling.toMillis());
    }

    private static void print(Map<String, Long> counts, int most) {
        double all = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(each -> System.out.printf("%6.1f %%  %s%n", 100 * each.getValue() / all, each.getKey()));
    }
}

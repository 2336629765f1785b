package io.gamemetrics.infrastructure.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Makes up the players of two weeks and what each does in four: the same events from the same seed, on every machine.
 * Run with the name of a file, it writes the sample anew.
 */
public final class DemoGenerator {

    /** Monday to Sunday: fewer come on working days. */
    private static final int[] ARRIVALS = {10, 10, 10, 12, 15, 18, 16};

    private static final Chances SESSIONS = Chances.of("1 6, 2 3, 3 1");
    private static final Chances HOURS =
            Chances.of("6 1, 7 2, 8 3, 9 2, 12 4, 13 3, 15 3, 16 4, 17 6, 18 8, 19 9, 20 9, 21 6, 22 3");

    private final Random random;
    private final EventsText events;
    private final String prefix;
    private int players;
    private int sessions;

    private DemoGenerator(long seed) {
        this.random = new Random(seed);
        // A sample of other contents has to have another seed: an id names one content for ever.
        this.prefix = Long.toString(seed, 36);
        this.events = new EventsText(prefix + "-");
    }

    /** Writes the sample of the project's seed to that file, gzipped. */
    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            for (String event : events(DemoSample.SEED)) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
    }

    /** One event each, as JSON on one line, by when it occurred; every player's registration is among them. */
    static List<String> events(long seed) {
        DemoGenerator generator = new DemoGenerator(seed);
        for (int day = 0; day < DemoSample.ARRIVAL_DAYS; day++) {
            for (int arrived = 0; arrived < ARRIVALS[day % ARRIVALS.length]; arrived++) {
                generator.live(
                        DemoPlayer.arriving("p" + generator.prefix + generator.players++, day, generator.random));
            }
        }
        return generator.events.inOrder();
    }

    private void live(DemoPlayer player) {
        int level = 0;
        for (int age = 0; age < DemoSample.LIFE_DAYS; age++) {
            if (player.playsAtAge(age, random)) {
                level = playDay(player, age, level);
            }
        }
    }

    private int playDay(DemoPlayer player, int age, int level) {
        LocalDate day = DemoSample.BEGIN.plusDays(player.arrival() + (long) age);
        Instant free = Instant.MIN;
        int reached = level;
        int today = Integer.parseInt(SESSIONS.pick(random));
        for (int number = 0; number < today; number++) {
            Instant start = day.atTime(Integer.parseInt(HOURS.pick(random)), random.nextInt(60), random.nextInt(60))
                    .toInstant(ZoneOffset.UTC);
            if (start.isBefore(free)) {
                continue; // still in, or back later than this
            }
            String id = "s" + prefix + Integer.toString(sessions++, 36);
            DemoSession session = new DemoSession(player, id, start, events, random);
            reached = session.play(reached, age == 0 && number == 0);
            free = session.end();
        }
        return reached;
    }
}

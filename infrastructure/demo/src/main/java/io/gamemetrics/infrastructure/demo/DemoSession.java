package io.gamemetrics.infrastructure.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** What one player does in one sitting: levels with their scores, a look at the shop, perhaps a purchase or an ad. */
final class DemoSession {

    private static final Chances LEVELS = Chances.of("1 4, 2 3, 3 2, 5 1");
    private static final Chances NETWORKS = Chances.of("aurora 5, borealis 3, cirrus 2");
    private static final Chances THEMES = Chances.of("forest 1, desert 1, ice 1, space 1");
    private static final Set<Integer> MILESTONES = Set.of(1, 5, 10, 20, 40);
    private static final int TUTORIAL_STEPS = 4;
    private static final int ITEMS_OF_A_THEME = 10;

    private final DemoPlayer player;
    private final String id;
    private final Instant start;
    private final EventsText events;
    private final Random random;
    private Instant now;

    DemoSession(DemoPlayer player, String id, Instant start, EventsText events, Random random) {
        this.player = player;
        this.id = id;
        this.start = start;
        this.now = start;
        this.events = events;
        this.random = random;
    }

    /**
     * @param level the highest this player has finished before
     * @return the highest after it
     */
    int play(int level, boolean first) {
        say("session_started", event -> {});
        if (first) {
            arrive();
        }
        int reached = level;
        int levels = Integer.parseInt(LEVELS.pick(random));
        for (int played = 0; played < levels; played++) {
            reached += playLevel(reached + 1) ? 1 : 0;
        }
        visitShop();
        if (player.paysOneIn() == 0 && random.nextInt(5) < 2) {
            watchAd();
        }
        if (random.nextInt(200) == 0) {
            say("error_reported", event -> event.put("severity", "error").put("message", "texture not loaded"));
        }
        pass(5, 60);
        say(
                "session_ended",
                event ->
                        event.put("durationMillis", Duration.between(start, now).toMillis()));
        return reached;
    }

    Instant end() {
        return now;
    }

    private void arrive() {
        say("player_registered", event -> event.put("displayName", player.displayName())
                .put("acquisition", player.acquisition()));
        for (int step = 1; step <= TUTORIAL_STEPS && random.nextInt(10) > 0; step++) {
            pass(10, 40);
            int done = step;
            say("custom", event -> event.put("name", "tutorial:step" + done));
        }
    }

    /** Every other attempt at a level succeeds, more on low ones. */
    private boolean playLevel(int level) {
        String world = "world" + (1 + level / 10);
        String stage = "stage" + level;
        pass(3, 20);
        say(
                "progression",
                event -> event.put("status", "start").put("world", world).put("stage", stage));
        pass(45, 240);
        int score = level * 100 + random.nextInt(900);
        boolean done = random.nextInt(10) < (level < 5 ? 8 : 5);
        say("progression", event -> event.put("status", done ? "complete" : "fail")
                .put("world", world)
                .put("stage", stage)
                .put("score", score));
        if (done) {
            say("score_submitted", event -> event.put("leaderboardId", DemoSample.HIGH_SCORES)
                    .put("score", score));
            say("score_submitted", event -> event.put("leaderboardId", DemoSample.WEEKLY_TROPHIES)
                    .put("score", 1 + level / 10));
            reward(level);
        }
        return done;
    }

    private void reward(int level) {
        if (level % 3 == 0) {
            say("resource_flow", event -> event.put("flow", "source")
                    .put("resource", "coins")
                    .put("amount", 10 * level)
                    .put("itemType", "reward")
                    .put("itemId", "level"));
        }
        if (MILESTONES.contains(level)) {
            say("achievement_unlocked", event -> event.put("achievementId", "level" + level));
        }
    }

    /** Mostly looks at what fits the player's taste; who likes an item looked at it before. */
    private void visitShop() {
        int looks = random.nextInt(3);
        for (int look = 0; look < looks; look++) {
            String theme = random.nextInt(4) < 3 ? player.taste() : THEMES.pick(random);
            // The first of a theme are the popular ones.
            String item =
                    theme + "-skin" + Math.min(random.nextInt(ITEMS_OF_A_THEME), random.nextInt(ITEMS_OF_A_THEME));
            pass(4, 20);
            say("item_interacted", event -> event.put("itemId", item).put("kind", "view"));
            if (theme.equals(player.taste()) && random.nextInt(3) == 0) {
                say("item_interacted", event -> event.put("itemId", item).put("kind", "like"));
            }
        }
        if (player.paysOneIn() > 0 && random.nextInt(player.paysOneIn()) == 0) {
            buy();
        }
    }

    private void buy() {
        DemoOffer offer = DemoOffer.pick(random);
        String currency = DemoOffer.currencyOf(player.country());
        pass(5, 30);
        String bought = say("purchase", event -> event.put("itemId", offer.itemId())
                .put("itemType", "iap")
                .put("currency", currency)
                .put("amountMicros", offer.amountMicros()));
        say("resource_flow", event -> event.put("flow", "source")
                .put("resource", "gems")
                .put("amount", offer.gems())
                .put("itemType", "iap")
                .put("itemId", offer.itemId()));
        if (random.nextInt(25) == 0) {
            pass(60, 600);
            say("purchase_refunded", event -> event.put("purchaseEventId", bought));
        }
    }

    private void watchAd() {
        pass(1, 5);
        int revenueMicros = 1_000 * (4 + random.nextInt(30));
        String network = NETWORKS.pick(random);
        say("ad_viewed", event -> event.put("network", network)
                .put("placement", "rewarded")
                .put("revenueMicros", revenueMicros)
                .put("currency", "USD"));
        pass(15, 30);
    }

    private void pass(int leastSeconds, int mostSeconds) {
        now = now.plusSeconds(leastSeconds + (long) random.nextInt(mostSeconds - leastSeconds + 1));
    }

    private String say(String type, Consumer<ObjectNode> fields) {
        return events.add(player, id, now, type, fields);
    }
}

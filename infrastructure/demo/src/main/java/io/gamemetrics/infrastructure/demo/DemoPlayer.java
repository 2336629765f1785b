package io.gamemetrics.infrastructure.demo;

import java.util.Random;

/**
 * One who plays.
 *
 * @param arrival the day of the sample, from 0, on which this player comes
 * @param taste the theme of the items this player likes
 * @param keen how likely to come back: 1 is usual
 * @param paysOneIn one in so many sessions ends in a purchase; 0 is never
 */
record DemoPlayer(
        String id,
        int arrival,
        String displayName,
        String country,
        String platform,
        String acquisition,
        String appVersion,
        String gate,
        String taste,
        double keen,
        int paysOneIn) {

    private static final Chances COUNTRIES =
            Chances.of("US 24, DE 10, BR 10, IN 10, JP 9, GB 8, FR 7, MX 6, SE 5, KR 5, PL 3, AU 3");
    private static final Chances PLATFORMS = Chances.of("android 52, ios 42, web 6");
    private static final Chances ACQUISITIONS = Chances.of("organic 52, network 26, video 13, friend 9");
    private static final Chances VERSIONS = Chances.of("1.4.2 60, 1.5.0 30, 1.3.9 10");
    private static final Chances GATES = Chances.of("gate_30 1, gate_40 1");
    private static final Chances TASTES = Chances.of("forest 4, desert 3, ice 2, space 1");
    private static final Chances ADJECTIVES = Chances.of(
            "Brave 1, Calm 1, Clever 1, Eager 1, Gentle 1, Lucky 1, Merry 1, Quick 1, Quiet 1, Sly 1, Wild 1");
    private static final Chances ANIMALS =
            Chances.of("Badger 1, Crane 1, Falcon 1, Fox 1, Heron 1, Lynx 1, Moose 1, Otter 1, Owl 1, Pike 1, Wolf 1");

    /** As in many free games: few players ever pay, and some of them often. */
    private static final Chances PAYING = Chances.of("0 80, 6 14, 3 4, 2 2");

    static DemoPlayer arriving(String id, int day, Random random) {
        String gate = GATES.pick(random);
        return new DemoPlayer(
                id,
                day,
                ADJECTIVES.pick(random) + ANIMALS.pick(random) + random.nextInt(100),
                COUNTRIES.pick(random),
                PLATFORMS.pick(random),
                ACQUISITIONS.pick(random),
                VERSIONS.pick(random),
                gate,
                TASTES.pick(random),
                StrictMath.exp(random.nextGaussian() * 0.5) * (gate.equals("gate_40") ? 1.1 : 1),
                Integer.parseInt(PAYING.pick(random)));
    }

    /** Half come back on the next day, and ever fewer later: about one in six after a week. */
    boolean playsAtAge(int days, Random random) {
        return days == 0 || random.nextDouble() < keen * 0.45 * StrictMath.pow(days, -0.55);
    }
}

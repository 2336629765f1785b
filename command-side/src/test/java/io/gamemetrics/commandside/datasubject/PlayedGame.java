package io.gamemetrics.commandside.datasubject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A command side beside which a test plays the read models' part, and a new game for each test. */
abstract class PlayedGame {

    static ReadModelsPart platform;

    ReadModelsPart.Playing playing;

    @BeforeAll
    static void start() {
        platform = new ReadModelsPart();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void newGame() {
        playing = platform.newGame();
    }
}

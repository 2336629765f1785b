package io.gamemetrics.infrastructure.embeddedservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says last when it does not start, and what people read of it. */
class StartFailureTest {

    @TempDir
    Path folder;

    @Test
    void aDiskThatFillsUpDuringTheStartIsNamed() {
        assertThat(sentence("FATAL:  could not write lock file \"postmaster.pid\": No space left on device"))
                .isEqualTo("Server did not start, because the disk is full: make room, then start again.");
    }

    @Test
    void aPortThatWasTakenMeanwhileIsNamed() {
        assertThat(sentence("could not bind IPv4 address \"127.0.0.1\": Address already in use"))
                .isEqualTo(
                        "Server did not start, because its port was taken by another program a moment ago: start again.");
    }

    @Test
    void filesOfSomebodyElseAreNamed() {
        assertThat(sentence("could not open file \"global/pg_control\": Permission denied"))
                .isEqualTo(
                        "Server did not start, because files of it may not be read or written: give them back to the user who starts it.");
    }

    @Test
    void whateverElseItSaidIsFoundInItsLog() {
        assertThat(sentence("something nobody foresaw"))
                .isEqualTo("Server did not start, because it ended at once: its last words are in "
                        + new ServerFolder(folder).log() + ".");
    }

    private String sentence(String lastWords) {
        ServerFolder files = new ServerFolder(folder);
        try {
            Files.writeString(files.log(), "earlier words\n" + lastWords + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.valueOf(StartFailure.explain(new Ended(files), false).getMessage());
    }

    /** A server that has ended. */
    private record Ended(ServerFolder folder) implements Recipe {
        @Override
        public String name() {
            return "Server";
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public List<String> command() {
            return List.of();
        }

        @Override
        public boolean isReady(long pid) {
            return false;
        }
    }
}

package io.gamemetrics.infrastructure.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where {@code .mvn/launch.sh} has the JVMs keep archives of the classes they loaded, which the next start is faster with.
 */
final class ClassArchives {

    private static final @Nullable String FOLDER = System.getProperty("gamemetrics.class-archives");

    private ClassArchives() {}

    /** Says that this start loaded what a start needs. A start never fails because of it. */
    static void complete() {
        if (FOLDER == null) {
            return;
        }
        try {
            Files.writeString(Path.of(FOLDER, "complete"), "");
        } catch (IOException e) {
            LoggerFactory.getLogger(ClassArchives.class).warn("the next start will not be faster", e);
        }
    }
}

package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** One platform for all journeys of a test run that neither stop nor damage it; each plays in games of its own. */
final class SharedPlatform implements BeforeAllCallback {

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    Path data() {
        return Objects.requireNonNull(running).data();
    }

    PlatformProcess process() {
        return Objects.requireNonNull(running).platform;
    }

    CommandLine commandLine() {
        return new CommandLine(data());
    }

    Client client() throws IOException {
        return Client.of(data());
    }

    /** Ended, and its files deleted, when the test run is over. */
    private record Running(Path folder, PlatformProcess platform) implements ExtensionContext.Store.CloseableResource {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("gamemetrics-shared-platform-");
                return new Running(
                        folder,
                        PlatformProcess.on(folder.resolve("data"), Map.of()).untilReady());
            } catch (IOException e) {
                throw new UncheckedIOException("no folder for the shared platform", e);
            }
        }

        Path data() {
            return folder.resolve("data");
        }

        @Override
        public void close() throws IOException {
            platform.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}

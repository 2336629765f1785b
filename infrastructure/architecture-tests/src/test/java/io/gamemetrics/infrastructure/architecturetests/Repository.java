package io.gamemetrics.infrastructure.architecturetests;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of this repository, or of a small one made by a test, without what builds and programs leave behind. */
record Repository(Path root) {

    private static final Set<String> LEFT_BEHIND = Set.of("target", "node_modules", ".git", ".gamemetrics");

    /** The repository this test belongs to. */
    static Repository here() {
        return new Repository(above(Path.of("").toAbsolutePath()));
    }

    private static Path above(@Nullable Path folder) {
        if (folder == null) {
            throw new IllegalStateException("the tests must run inside of the repository");
        }
        return Files.exists(folder.resolve("mvnw")) ? folder : above(folder.getParent());
    }

    /** Every file whose name ends so, relative to the root, in order. */
    List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return LEFT_BEHIND.contains(folder.getFileName().toString()) && !folder.equals(root)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(ending)) {
                    found.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    String read(Path relative) throws IOException {
        return Files.readString(root.resolve(relative));
    }
}

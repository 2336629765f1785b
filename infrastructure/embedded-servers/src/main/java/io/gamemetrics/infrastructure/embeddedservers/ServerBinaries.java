package io.gamemetrics.infrastructure.embeddedservers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The servers' programs, unpacked once into a folder that several starts, also at the same time, may share. What is
 * unpacked appears all at once under a name of its version or not at all.
 */
public record ServerBinaries(Path folder) {

    /** The folder with {@code bin/postgres} in it. */
    Path postgres() {
        String name = "/postgres-" + system() + "-" + processor() + ".txz";
        return once(name, "postgresql", ServerBinaries::unpackTar);
    }

    /** The program {@code redis-server}. */
    public Path redis() {
        String name = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        return once(String.valueOf(name), "redis", (resource, into) -> {
                    Path program = into.resolve("redis-server");
                    Files.copy(resource, program);
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }

    private Path once(String resource, String product, Unpacking unpacking) {
        URL url = ServerBinaries.class.getResource(resource);
        if (url == null) {
            throw new CannotStartException("There is no " + product + " for this system in the build (" + resource
                    + "): use Linux or macOS on x86-64 or arm64, or give the address of a server of your own.");
        }
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                Path unpacked = folder.resolve(product + "-" + connection.getContentLengthLong())
                        .toAbsolutePath();
                if (!Files.isDirectory(unpacked)) {
                    unpackBeside(unpacked, in, unpacking);
                }
                return unpacked;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + resource + " into " + folder, e);
        }
    }

    private void unpackBeside(Path unpacked, InputStream in, Unpacking unpacking) throws IOException {
        Files.createDirectories(folder);
        Path work = Files.createTempDirectory(folder, "unpacking-");
        try {
            unpacking.unpack(in, work);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(work, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteAll(work);
            if (!Files.isDirectory(unpacked)) { // else another start was faster
                throw e;
            }
        }
    }

    private static void unpackTar(InputStream archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("the archive names a file outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
    }

    static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private interface Unpacking {
        void unpack(InputStream resource, Path into) throws IOException;
    }
}

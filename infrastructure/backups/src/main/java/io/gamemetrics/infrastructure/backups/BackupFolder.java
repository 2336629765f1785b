package io.gamemetrics.infrastructure.backups;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files of one backup: a file a table, what they are, and what tells whether that was changed. */
record BackupFolder(Path path) {

    static final String MANIFEST = "manifest.json";

    private static final String CHECKSUM = "manifest.sha256";
    private static final String UNFINISHED = ".unfinished";
    private static final String GOING = ".going";
    private static final Duration UNFINISHED_LIFE = Duration.ofDays(1);
    private static final long MAX_MANIFEST_BYTES = 1 << 20;

    /** A folder beside the one there will be, for its owner only: half a backup has no name that is taken for one. */
    static BackupFolder begin(Path parent, String name) throws IOException {
        Files.createDirectories(
                parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path work = parent.resolve(name + UNFINISHED);
        return new BackupFolder(Files.createDirectory(
                work, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    Path file(Manifest.CopiedTable table) {
        return path.resolve(table.file());
    }

    Path newFile(String name) throws IOException {
        return Files.createFile(
                path.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Writes what the files are, has all of it on disk, and gives the folder its name. */
    BackupFolder finish(Manifest manifest, String name) throws IOException {
        byte[] bytes = manifest.toBytes();
        write(MANIFEST, bytes);
        write(CHECKSUM, (HexFormat.of().formatHex(sha256().digest(bytes)) + "\n").getBytes(StandardCharsets.US_ASCII));
        force(path);
        Path finished = path.resolveSibling(name);
        Files.move(path, finished, StandardCopyOption.ATOMIC_MOVE);
        Path parent = finished.getParent();
        force(parent == null ? Path.of("") : parent);
        return new BackupFolder(finished);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = newFile(name);
        Files.write(file, bytes);
        force(file);
    }

    static void force(Path path) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Where it is, from wherever one looks. */
    String named() {
        return path.toAbsolutePath().normalize().toString();
    }

    /** Whether it has the name of one; half of one has another, and so has what is about to go. */
    boolean isBackup() {
        return Files.isRegularFile(path.resolve(MANIFEST)) && !endsIn(UNFINISHED) && !endsIn(GOING);
    }

    private boolean endsIn(String suffix) {
        return path.toString().endsWith(suffix);
    }

    boolean isNamed(BackupKind kind) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(kind.word() + "-");
    }

    /**
     * Whether it may go: its time is over, somebody began to delete it, or nobody has gone on with it for a day. One that is
     * damaged is left to people.
     */
    boolean isOver(Instant now) throws IOException {
        if (isBackup()) {
            try {
                return manifest().isOver(now);
            } catch (BackupRefusedException e) {
                return false;
            }
        }
        return endsIn(GOING)
                || (endsIn(UNFINISHED)
                        && Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(UNFINISHED_LIFE)));
    }

    /** @throws BackupRefusedException when it was changed, or is none of this program's */
    Manifest manifest() {
        try {
            Path file = path.resolve(MANIFEST);
            if (!Files.isRegularFile(file)) {
                throw new BackupRefusedException("There is no backup in " + path + ": it has no " + MANIFEST + ".");
            }
            if (Files.size(file) > MAX_MANIFEST_BYTES) {
                throw damaged(MANIFEST);
            }
            byte[] bytes = Files.readAllBytes(file);
            String sum = Files.readString(path.resolve(CHECKSUM), StandardCharsets.ISO_8859_1);
            if (!sum.equals(HexFormat.of().formatHex(sha256().digest(bytes)) + "\n")) {
                throw damaged(MANIFEST);
            }
            Manifest manifest = Manifest.ofBytes(bytes);
            if (manifest.format() != Manifest.FORMAT) {
                throw new BackupRefusedException("The backup in " + path + " has format " + manifest.format()
                        + " and this program knows " + Manifest.FORMAT + ": use the program that made it.");
            }
            return manifest;
        } catch (IOException e) {
            throw new BackupRefusedException(
                    "The backup in " + path + " can't be read (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    BackupRefusedException damaged(String file) {
        return new BackupRefusedException(
                "The backup in " + path + " is damaged: its " + file + " is not what was written. Take another one.");
    }

    /** Deletes it. Whoever dies meanwhile leaves nothing that has the name of a backup, and the next one deletes the rest. */
    void delete() throws IOException {
        Path going = endsIn(GOING) ? path : path.resolveSibling(path.getFileName() + GOING);
        if (!going.equals(path)) {
            Files.move(path, going, StandardCopyOption.ATOMIC_MOVE);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(going)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

package io.gamemetrics.commandside.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, which can be filled and emptied without harm to the machine's. */
record SmallDisk(Path folder, boolean isMounted) implements AutoCloseable {

    /** Mounts one in memory; not mounted when this user may not. */
    static SmallDisk mount(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        return new SmallDisk(
                folder,
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=0700", "none", folder.toString()));
    }

    /** Takes what is left of it. */
    void fill() throws IOException {
        byte[] piece = new byte[64 * 1024];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (folder.toFile().getUsableSpace() > 0) {
                ballast.write(piece);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > piece.length) {
                throw e;
            }
        }
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        if (isMounted) {
            run("umount", "-l", folder.toString());
        }
    }

    private static boolean run(String... command) throws IOException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }
}

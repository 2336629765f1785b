package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.privacy.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The platform's own classes, but that an envelope holds what it was given and no key is derived for it, in a folder for the
 * class path of a process that is measured: nothing that can be set does this. All else is as ever: ids are hashed, keys
 * made, leased and looked up, events found again by hashes of their ids.
 */
final class UnencryptedClasses {

    private static final String PACKAGE = "io/gamemetrics/infrastructure/privacy";
    private static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    private static final ClassDesc ARRAYS = ClassDesc.of("java.util.Arrays");
    private static final ClassDesc KEY = ClassDesc.of("javax.crypto.spec.SecretKeySpec");

    private UnencryptedClasses() {}

    /**
     * Writes them.
     *
     * @return the folder
     * @throws IllegalStateException when a method that is to be replaced is not there any more
     */
    static Path write(Path folder) throws IOException {
        write(
                folder,
                "Envelope",
                Map.of(
                        "<init>()V",
                        code -> code.aload(0)
                                .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                .return_(),
                        "seal(Ljavax/crypto/SecretKey;[B[BI)[B",
                        code -> code.aload(3)
                                .iload(4)
                                .invokestatic(ARRAYS, "copyOf", MethodTypeDesc.of(BYTES, BYTES, ConstantDescs.CD_int))
                                .areturn(),
                        "open(Ljavax/crypto/SecretKey;[B[B)[B",
                        code -> code.aload(3).areturn()));
        write(folder, "Secrets", Map.of("encryptionKey([B)Ljavax/crypto/SecretKey;", code -> code.new_(KEY)
                .dup()
                .aload(0)
                .ldc("AES")
                .invokespecial(
                        KEY,
                        ConstantDescs.INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void, BYTES, ConstantDescs.CD_String))
                .areturn()));
        return folder;
    }

    /** @param bodies what methods do instead, by name and descriptor */
    private static void write(Path folder, String name, Map<String, Consumer<CodeBuilder>> bodies) throws IOException {
        Set<String> missing = new HashSet<>(bodies.keySet());
        ClassModel compiled = ClassFile.of().parse(compiled(name));
        byte[] changed = ClassFile.of().transformClass(compiled, (to, element) -> {
            if (element instanceof MethodModel method) {
                String named =
                        method.methodName().stringValue() + method.methodType().stringValue();
                Consumer<CodeBuilder> body = bodies.get(named);
                if (body != null) {
                    missing.remove(named);
                    to.withMethodBody(
                            method.methodName(),
                            method.methodType(),
                            method.flags().flagsMask(),
                            body);
                    return;
                }
            }
            to.with(element);
        });
        if (!missing.isEmpty()) {
            throw new IllegalStateException("not in " + name + " any more: " + missing);
        }
        Files.write(Files.createDirectories(folder.resolve(PACKAGE)).resolve(name + ".class"), changed);
    }

    private static byte[] compiled(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Envelope.class.getResourceAsStream(name + ".class"), name)) {
            return in.readAllBytes();
        }
    }
}

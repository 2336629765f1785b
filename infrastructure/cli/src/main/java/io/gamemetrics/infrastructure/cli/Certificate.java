package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "certificate", description = "Proofs of erasures.", mixinStandardHelpOptions = true)
final class Certificate {

    @Command(
            name = "verify",
            description = "Checks a certificate with nothing but its file: no platform need run.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--player", description = "Also whether it is about the player with this id.") @Nullable
                    String player,
            @Option(
                            names = "--key",
                            description = "Trust this key alone: a file with it in base64, such as the second line of"
                                    + " signing.key in the key directory.")
                    @Nullable
                    Path key) {
        CertificateCheck checked;
        try {
            checked = CertificateCheck.of(bytes(file), key == null ? null : trusted(key));
        } catch (CertificateCheck.Refused e) {
            return tell(surroundings, false, e.getMessage(), null);
        }
        if (player != null && !checked.isAbout(player)) {
            return tell(surroundings, false, "It is genuine, and about nobody with this id.", checked);
        }
        return tell(
                surroundings,
                true,
                player == null ? "It is genuine." : "It is genuine, and about this player.",
                checked);
    }

    private static int tell(
            Surroundings surroundings, boolean holds, @Nullable String sentence, @Nullable CertificateCheck checked) {
        PrintWriter out = surroundings.terminal().out();
        if (surroundings.json) {
            ObjectNode answer = Surroundings.JSON.createObjectNode();
            answer.put("holds", holds).put("sentence", sentence);
            if (checked != null) {
                answer.put("keySha256", checked.keyFingerprint());
                answer.set("certificate", checked.document());
            }
            Show.json(out, answer);
        } else {
            out.println(sentence);
            if (checked != null) {
                JsonNode document = checked.document();
                out.println("request " + document.path("requestId").asText() + ", received "
                        + document.path("receivedAt").asText() + ", due "
                        + document.path("dueAt").asText() + ", executed "
                        + document.path("executedAt").asText() + ", issued "
                        + document.path("issuedAt").asText());
                out.println("subjects " + document.path("subjects").size() + ", audit entries "
                        + document.path("audit").path("entries").asLong() + ", key " + checked.keyFingerprint());
                for (JsonNode subject : document.path("subjects")) {
                    if (subject.path("hits").asInt() > 0) {
                        out.println("subject " + subject.path("subject").asInt() + ": found in "
                                + subject.path("hits").asInt() + " places afterwards");
                    }
                }
                for (JsonNode stays : document.path("residue")) {
                    out.println("stays: " + stays.path("what").asText() + ": "
                            + stays.path("why").asText());
                }
            }
        }
        return holds ? Exit.DONE.code : Exit.REFUSED.code;
    }

    private static byte[] trusted(Path key) {
        String[] lines = new String(bytes(key), java.nio.charset.StandardCharsets.US_ASCII)
                .strip()
                .split("\n", -1);
        try {
            return Base64.getDecoder().decode(lines[lines.length - 1].strip());
        } catch (IllegalArgumentException e) {
            throw new CommandEndedException(Exit.USAGE, key + " is no key in base64.");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandEndedException(Exit.USAGE, file + " cannot be read.");
        }
    }
}

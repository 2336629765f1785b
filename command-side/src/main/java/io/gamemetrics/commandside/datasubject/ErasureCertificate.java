package io.gamemetrics.commandside.datasubject;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Kept;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.Signer;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The proof that a request was done: compact JSON that names nobody, signed as it stands without its last member, {@code
 * signature}. Who knows a subject's id can tell that it is one of those: the SHA-256 of a salt and the id stands there. Each
 * piece of evidence has a salt too, and all of them make one Merkle root. {@code gamemetrics certificate verify} checks it
 * with nothing but the file.
 */
final class ErasureCertificate {

    static final String FORMAT = "gamemetrics-erasure-certificate/1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    /** What stays and why, in every certificate. */
    private static final String[][] RESIDUE = {
        {
            "erased-player",
            "A keyed hash of each id and the instant of its erasure stay in the vault and in the ledger of erasures, so that"
                    + " the player is refused when sent in again and a restored backup is purged again."
        },
        {
            "events",
            "The subjects' events stay in the event store, in Kafka until its retention is over (three days, unless the topic"
                    + " was set to another), and in backups of both, as ciphertext whose key is destroyed: position,"
                    + " sequence, type, time of storing and a pseudonym that leads to nobody can be read."
        },
        {
            "files",
            "What was deleted lies in files until these are written anew: rows of PostgreSQL until they are vacuumed and its"
                    + " log is recycled, keys of Redis until its files are rewritten, vectors until their index is merged."
                    + " All of it is ciphertext, numbers and pseudonyms."
        },
        {
            "others",
            "What others wrote of the subjects in their own events and in requests that are still open is theirs and stays;"
                    + " where it was found in events, hits count it."
        },
        {
            "short-ids",
            "An id, a name or a session of fewer than six bytes was searched for as a word of its own and in what can be read"
                    + " as text alone: in ciphertext it would be found by chance. Where something else is called the same, hits"
                    + " count that too."
        },
        {
            "totals",
            "What the subjects had added to days' sums and to retention stays as numbers that name nobody; where fewer than"
                    + " five others share a cell it lies under (other)."
        },
        {
            "vault-backups",
            "Backups of the vault made before the erasure hold the wrapped keys until they are deleted, together with the key"
                    + " directory; a vault restored from them is purged again before it answers."
        },
        {"request", "The request's own events stay, with the name of who decided, and say nothing of the subjects."}
    };

    /** Why a search that found nothing says less than others. */
    private static final String BY_ID_ALONE =
            "The subject was erased before, or the vault was put back to before it was known what to look for: the subject was"
                    + " searched for by the id that was asked for, and not by names, sessions and linked ids.";

    private ErasureCertificate() {}

    /**
     * Makes one.
     *
     * @param kept what of the subjects outlives their erasure
     * @param lost what the vault has nothing of any more
     */
    static byte[] issue(
            Executing done,
            Intake intake,
            List<KeptResidue> kept,
            LostInVault lost,
            AuditChain.Head audit,
            Instant issuedAt,
            Signer signer) {
        RequestReceived request = done.request();
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT);
        document.put("requestId", request.requestId().toString());
        document.put("type", request.kind().name());
        document.put("receivedAt", request.receivedAt().toString());
        document.put("dueAt", done.dueAt().toString());
        document.put("executedAt", done.orderedAt().toString());
        document.put("issuedAt", issuedAt.toString());
        ArrayNode subjects = document.putArray("subjects");
        List<String> evidence = new ArrayList<>();
        for (int subject = 0; subject < request.games().size(); subject++) {
            SubjectPurged purged = Objects.requireNonNull(done.purged().get(subject));
            SubjectScanned scanned = Objects.requireNonNull(done.scanned().get(subject));
            subjects.add(subject(subject, request, intake, scanned));
            for (Purged rows : purged.purged()) {
                evidence.add(
                        "subject " + subject + " purged " + rows.kind() + " " + rows.rows() + " at " + purged.at());
            }
            for (Kept one : done.kept()) {
                if (one.what().subject() == subject) {
                    evidence.addAll(evidence(one, lost.kept().contains(one.what())));
                }
            }
            evidence.add("subject " + subject + " key destroyed at " + purged.at());
            for (Searched store : scanned.searched()) {
                evidence.add("subject " + subject + " searched " + store.store() + " " + store.values() + " values "
                        + store.bytes() + " bytes, hits " + store.hits());
            }
            evidence.add("subject " + subject
                    + (scanned.searched().isEmpty() ? " held by no store" : " searched for, hits " + scanned.hits())
                    + " at " + scanned.at());
        }
        addEvidence(document, evidence);
        document.putObject("audit").put("entries", audit.entries()).put("hash", audit.hash());
        ArrayNode residue = document.putArray("residue");
        for (String[] one : RESIDUE) {
            residue.addObject().put("what", one[0]).put("why", one[1]);
        }
        for (int subject : new TreeSet<>(lost.needles())) {
            residue.addObject().put("what", "search").put("why", BY_ID_ALONE).put("subject", subject);
        }
        for (KeptResidue one : kept) {
            residue.addObject()
                    .put("what", "kept")
                    .put("why", one.why())
                    .put("subject", one.subject())
                    .put("kind", one.kind())
                    .put("records", one.records())
                    .put("until", one.until().toString())
                    .put("ground", one.ground());
        }
        Base64.Encoder base64 = Base64.getEncoder();
        document.put("key", base64.encodeToString(signer.publicKey()));
        document.put("signature", base64.encodeToString(signer.sign(bytes(document))));
        return bytes(document);
    }

    /** SHA-256 of a certificate, as the request's last event has it. */
    static String fingerprint(byte[] certificate) {
        return HexFormat.of().formatHex(Merkle.digest().digest(certificate));
    }

    private static List<String> evidence(Kept kept, boolean isLost) {
        SubjectKept what = kept.what();
        String begin = "subject " + what.subject() + " kept " + what.kind();
        List<String> evidence =
                new ArrayList<>(List.of(begin + " " + what.records() + " until " + what.until() + " at " + what.at()));
        if (kept.endedAt() != null) {
            evidence.add(begin + " destroyed at " + kept.endedAt());
        }
        if (isLost) {
            evidence.add(begin + " lost: the vault was put back to before, and nothing of it is there");
        }
        return evidence;
    }

    private static ObjectNode subject(int subject, RequestReceived request, Intake intake, SubjectScanned scanned) {
        byte[] salt = salt();
        MessageDigest digest = Merkle.digest();
        digest.update(salt);
        byte[] player = digest.digest(intake.subjects().get(subject).player().getBytes(UTF_8));
        return JSON.createObjectNode()
                .put("subject", subject)
                .put("gameId", request.games().get(subject).value())
                .put("salt", HexFormat.of().formatHex(salt))
                .put("player", HexFormat.of().formatHex(player))
                .put("hits", scanned.hits());
    }

    private static void addEvidence(ObjectNode document, List<String> texts) {
        ArrayNode evidence = document.putArray("evidence");
        List<byte[]> leaves = new ArrayList<>();
        for (String text : texts) {
            String salt = HexFormat.of().formatHex(salt());
            evidence.addObject().put("salt", salt).put("text", text);
            leaves.add((salt + text).getBytes(UTF_8));
        }
        document.put("merkleRoot", HexFormat.of().formatHex(Merkle.root(leaves)));
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written as JSON");
        }
    }
}

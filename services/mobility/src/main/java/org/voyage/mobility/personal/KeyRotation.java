package org.voyage.mobility.personal;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.write.RetryingTransactions;

/**
 * Background rotation of all personal data to the primary keys, page by page. An interrupted rotation continues when
 * the service starts again. Several instances may share a rotation: no row is renewed twice. An instance with other
 * primary keys than those of the rotation leaves it alone.
 */
@ApplicationScoped
public class KeyRotation {

    private static final int PAGE_ROWS = 500;
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    private final RotationTable rotations;
    private final PersonalTable table;
    private final KeyRing keys;
    private final AuditTrail audit;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("personal-rotation").daemon().factory());
    private volatile boolean stopping;

    KeyRotation(RotationTable rotations, PersonalTable table, KeyRing keys, AuditTrail audit) {
        this.rotations = rotations;
        this.table = table;
        this.keys = keys;
        this.audit = audit;
    }

    void resume(@Observes StartupEvent start) {
        runInBackground();
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
        worker.shutdown();
    }

    /**
     * Starts a rotation, unless one is running.
     *
     * @throws Refusal.Conflict when the last rotation was to keys that are newer than the primary keys here
     */
    public RotationProgress startRotation(String actor, String requestId) {
        rotations.findLatest().filter(this::isForLaterKeys).ifPresent(last -> {
            throw new Refusal.Conflict(
                    "The last rotation was to keys " + last.keyId() + " and " + last.pseudonymKeyId()
                            + "; this instance has older primary keys. Restart it with those.",
                    "上次轮换的目标密钥为 " + last.keyId() + " 和 " + last.pseudonymKeyId() + "，本实例的主密钥较旧，请以新的主密钥重启本实例。");
        });
        QuarkusTransaction.requiringNew().run(() -> {
            if (rotations.insertRotation(actor, requestId, keys, countOutdated())) {
                audit.appendEntries(AuditEntry.done("personal-rotation-started", null, null, null, keyNumbers()));
            }
        });
        runInBackground();
        return findProgress().orElseThrow();
    }

    public Optional<RotationProgress> findProgress() {
        return rotations
                .findLatest()
                .map(rotation -> new RotationProgress(
                        rotation.finishedAt() == null ? "running" : "finished",
                        keys.primaryKeyNumber(),
                        keys.pseudonymKeyNumber(),
                        rotation.actor(),
                        rotation.startedAt(),
                        rotation.finishedAt(),
                        rotation.total(),
                        rotation.done(),
                        rotation.unreadable(),
                        countOutdated()));
    }

    private void runInBackground() {
        worker.submit(() -> {
            try {
                DatabaseScope.runForAllProvinces(this::renewAll);
            } catch (RuntimeException e) {
                LOG.error(
                        "The rotation of keys stopped; it goes on at the next start or when it is asked for again.", e);
            }
        });
    }

    private void renewAll() {
        RotationTable.@Nullable KeyRotationRun rotation = rotations.findLatest().orElse(null);
        if (rotation == null || rotation.finishedAt() != null) {
            return;
        }
        if (rotation.keyId() != keys.primaryKeyNumber() || rotation.pseudonymKeyId() != keys.pseudonymKeyNumber()) {
            LOG.warnf(
                    "A rotation to keys %d and %d is left to instances whose primary keys these are.",
                    rotation.keyId(), rotation.pseudonymKeyId());
            return;
        }
        Optional<RecordKey> last = Optional.empty();
        do {
            Optional<RecordKey> after = last;
            last = RetryingTransactions.runInTransaction(() -> renewPage(rotation, after));
        } while (last.isPresent() && !stopping);
        if (last.isEmpty()) {
            RetryingTransactions.runInTransaction(() -> finishRotation(rotation));
        }
    }

    private Optional<RecordKey> renewPage(RotationTable.KeyRotationRun rotation, Optional<RecordKey> after) {
        List<RecordKey> outdated = table.lockOutdated(rotation.keyId(), rotation.pseudonymKeyId(), after, PAGE_ROWS);
        if (outdated.isEmpty()) {
            return Optional.empty();
        }
        List<PersonalRow> renewed = new ArrayList<>();
        for (PersonalTable.StoredPersonalData stored : table.findRows(outdated)) {
            try {
                byte[] ciphertext = Objects.requireNonNull(stored.ciphertext());
                renewed.add(keys.seal(stored.key(), keys.unwrapKey(stored.key(), ciphertext), stored.nationality()));
            } catch (KeyRing.UnreadableDataException e) {
                LOG.errorf("A rotation leaves out what it cannot read: %s", e.getMessage());
            }
        }
        table.updateRows(renewed);
        if (!rotations.addProgress(rotation, renewed.size(), outdated.size() - renewed.size())) {
            throw new IllegalStateException("a rotation to other keys has begun");
        }
        return Optional.of(outdated.getLast());
    }

    private boolean finishRotation(RotationTable.KeyRotationRun rotation) {
        boolean first = rotations.markFinished(rotation);
        if (first) {
            audit.appendEntries(AuditEntry.done("personal-rotation-finished", null, null, null, keyNumbers())
                    .withActor(rotation.actor(), rotation.requestId()));
        }
        return first;
    }

    private boolean isForLaterKeys(RotationTable.KeyRotationRun rotation) {
        return rotation.keyId() > keys.primaryKeyNumber() || rotation.pseudonymKeyId() > keys.pseudonymKeyNumber();
    }

    private long countOutdated() {
        return table.countOutdated(keys.primaryKeyNumber(), keys.pseudonymKeyNumber());
    }

    private Map<String, Integer> keyNumbers() {
        return Map.of("primary", keys.primaryKeyNumber(), "pseudonymPrimary", keys.pseudonymKeyNumber());
    }
}

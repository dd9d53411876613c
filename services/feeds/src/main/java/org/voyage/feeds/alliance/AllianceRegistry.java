package org.voyage.feeds.alliance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.RegistryEvents.RegistryChange;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.http.ETags;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Registry of the admitted alliances: each write in one transaction with its event and its audit entry. */
@ApplicationScoped
public class AllianceRegistry {

    private static final String WITHDRAW_GRANTS_SQL = """
            with ended as (update grant_version set superseded_at = :at
                            where alliance = :code and superseded_at is null and not withdrawn
                        returning alliance, id, version, rule, fields, legal_basis, valid_from, valid_until)
            insert into grant_version (alliance, id, version, rule, fields, legal_basis, valid_from, valid_until,
                                       changed_at, changed_by, withdrawn)
            select alliance, id, version + 1, rule, fields, legal_basis, valid_from, valid_until, :at, :by, true
              from ended""";

    private final EntityManager entities;
    private final RegistryEvents events;
    private final AuditTrail audit;

    AllianceRegistry(EntityManager entities, RegistryEvents events, AuditTrail audit) {
        this.entities = entities;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Outcome of a write.
     *
     * @param created whether there was none before
     */
    public record RegistryWrite<T>(T value, boolean created, Receipt receipt) {}

    /** Runs work in a transaction that no other write of the alliance shares. */
    public <T> T callExclusively(String code, Function<Optional<AdmittedAlliance>, T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))")
                    .setParameter("name", "alliance " + code)
                    .getResultList();
            return work.apply(AdmittedAlliance.findByIdOptional(code));
        });
    }

    /**
     * Requires that an alliance is admitted.
     *
     * @throws Refusal.NotFound otherwise
     */
    public void requireAdmitted(String code) {
        if (findAdmitted(code).isEmpty()) {
            throw new Refusal.NotFound();
        }
    }

    /** Returns the alliance if it is admitted. */
    public Optional<AdmittedAlliance> findAdmitted(String code) {
        return AdmittedAlliance.<AdmittedAlliance>findByIdOptional(code).filter(AdmittedAlliance::isAdmitted);
    }

    /** Returns the admitted alliances after a code, in the order of their codes. */
    List<AdmittedAlliance> list(String after, int limit) {
        return AdmittedAlliance.<AdmittedAlliance>find("withdrawnAt is null and code > ?1 order by code", after)
                .page(Page.ofSize(limit))
                .list();
    }

    RegistryWrite<AdmittedAlliance> store(String code, AllianceFields fields, ETags conditions) {
        return callExclusively(code, known -> {
            Optional<AdmittedAlliance> present = known.filter(AdmittedAlliance::isAdmitted);
            conditions.requireMatch(
                    present.map(its -> OptionalLong.of(its.version)).orElse(OptionalLong.empty()));
            AdmittedAlliance alliance = known.orElseGet(AdmittedAlliance::new);
            if (present.isPresent()
                    && fields.equals(new AllianceFields(alliance.name, alliance.nameEn, alliance.contact))) {
                return new RegistryWrite<>(alliance, false, Receipt.EMPTY);
            }
            var before = present.map(RegistryEvents::stateOf).orElse(null);
            Instant now = now();
            alliance.code = code;
            alliance.name = fields.name();
            alliance.nameEn = fields.nameEn();
            alliance.contact = fields.contact();
            alliance.version++;
            if (present.isEmpty()) {
                alliance.admittedAt = now;
                alliance.withdrawnAt = null;
                alliance.suspendedAt = null;
            }
            alliance.persist();
            return new RegistryWrite<>(
                    alliance,
                    present.isEmpty(),
                    note(
                            present.isEmpty() ? "alliance-admitted" : "alliance-corrected",
                            alliance,
                            List.of(change(alliance, before, RegistryEvents.stateOf(alliance), null)),
                            now));
        });
    }

    /** Suspends an alliance, or ends the suspension. @param reason null to end it */
    RegistryWrite<AdmittedAlliance> setSuspension(String code, @Nullable String reason, String by) {
        return callExclusively(code, known -> {
            AdmittedAlliance alliance =
                    known.filter(AdmittedAlliance::isAdmitted).orElseThrow(Refusal.NotFound::new);
            boolean isSuspended = alliance.suspendedAt != null;
            if (isSuspended == (reason != null)) {
                return new RegistryWrite<>(alliance, false, Receipt.EMPTY);
            }
            var before = RegistryEvents.stateOf(alliance);
            Instant now = now();
            alliance.suspendedAt = reason == null ? null : now;
            alliance.suspendedBy = reason == null ? null : by;
            alliance.suspensionReason = reason;
            alliance.version++;
            return new RegistryWrite<>(
                    alliance,
                    false,
                    note(
                            reason == null ? "alliance-resumed" : "alliance-suspended",
                            alliance,
                            List.of(change(alliance, before, RegistryEvents.stateOf(alliance), null)),
                            now));
        });
    }

    /** Withdraws an alliance with its members and grants. */
    Receipt withdraw(String code, String reason, String by, ETags conditions) {
        return callExclusively(code, known -> {
            AdmittedAlliance alliance =
                    known.filter(AdmittedAlliance::isAdmitted).orElseThrow(Refusal.NotFound::new);
            conditions.requireMatch(OptionalLong.of(alliance.version));
            List<RegistryChange> changes = new ArrayList<>();
            Instant now = now();
            List<AllianceMember> members = AllianceMember.list("alliance = ?1 and withdrawnAt is null", code);
            for (AllianceMember member : members) {
                member.withdrawnAt = now;
                member.version++;
                changes.add(AllianceMembers.toWithdrawal(member, reason));
            }
            var before = RegistryEvents.stateOf(alliance);
            alliance.withdrawnAt = now;
            alliance.version++;
            changes.add(change(alliance, before, null, reason));
            entities.createNativeQuery(WITHDRAW_GRANTS_SQL)
                    .setParameter("at", now)
                    .setParameter("by", by)
                    .setParameter("code", code)
                    .executeUpdate();
            return note("alliance-withdrawn", alliance, changes, now);
        });
    }

    private Receipt note(String action, AdmittedAlliance alliance, List<RegistryChange> changes, Instant at) {
        entities.flush();
        audit.appendEntries(AuditEntry.done(
                action, RegistryEvents.ALLIANCE, null, alliance.code, Map.of("version", alliance.version)));
        return events.appendChanges(changes, at);
    }

    private static RegistryChange change(
            AdmittedAlliance alliance,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            @Nullable String reason) {
        return new RegistryChange(RegistryEvents.ALLIANCE, alliance.code, alliance.version, before, after, reason);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

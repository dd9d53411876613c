package org.voyage.kit.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.DatabaseTimeout;

/** Verifier that recomputes the chain from the stored entries, in bounded memory. */
@ApplicationScoped
class AuditVerifier {

    private static final int TIMEOUT_SECONDS = 3_600;

    /** Seals and entries merged along their keys, in one snapshot and without a sort. */
    private static final String SEALS_AND_ENTRIES_SQL = """
            select position, hash, null::timestamptz as at, null as action, null as outcome, null as record,
                   null as province, null as object, null as actor, null as roles, null as address,
                   null as request_id, null as details
              from audit_seal where position >= ?
            union all
            select position, null, at, action, outcome, record, province, object, actor, roles, address, request_id, details
              from audit_entry where position >= ? and position <= (select max(position) from audit_seal)
             order by position""";

    private final AuditStore store;

    AuditVerifier(AuditStore store) {
        this.store = store;
    }

    /**
     * Recomputes the chain from a position on.
     *
     * @param from first position to recompute; the seal before it is not verified
     * @param known a seal that was kept elsewhere, null for none
     */
    AuditVerdict verifyChain(long from, @Nullable AuditChainHead known) {
        return DatabaseTimeout.runWithTimeout(
                DatabaseTimeout.LONG_WORK,
                () -> QuarkusTransaction.requiringNew()
                        .timeout(TIMEOUT_SECONDS)
                        .call(() -> recomputeChain(from, known)));
    }

    private AuditVerdict recomputeChain(long from, @Nullable AuditChainHead known) {
        AuditChain chain = new AuditChain(from, store.headBefore(from));
        if (known != null && !matchesKnownHead(known)) {
            return chain.brokenVerdict(known.position(), AuditVerdict.DivergenceKind.NOT_AS_KNOWN);
        }
        store.forEachRow(SEALS_AND_ENTRIES_SQL, chain::addRow, from, from);
        return chain.verdict();
    }

    private boolean matchesKnownHead(AuditChainHead known) {
        AuditChainHead there = store.headBefore(known.position() + 1);
        return there.position() == known.position() && Arrays.equals(there.hash(), known.hash());
    }
}

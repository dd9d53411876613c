package org.voyage.kit.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Verification of the audit chain. It takes seals and entries in the order of positions, in any order within one
 * position, and stops at the first divergence.
 */
class AuditChain {
    private final long from;
    private AuditChainHead last;
    private long entries;
    private AuditVerdict.@Nullable ChainDivergence divergence;

    /** Seal of the current position; null until it has come. */
    private byte @Nullable [] seal;

    private @Nullable StoredAuditEntry entry;
    private long position;

    AuditChain(long from, AuditChainHead before) {
        this.from = from;
        this.last = before;
        this.position = before.position();
    }

    void addRow(ResultSet row) throws SQLException {
        if (divergence != null) {
            return;
        }
        long its = row.getLong(1);
        if (its != position) {
            closePosition();
            position = its;
        }
        byte[] hash = row.getBytes(2);
        if (hash != null) {
            seal = hash;
        } else if (entry != null) {
            // Of two entries at one position one was inserted, whichever of them the seal matches.
            recordDivergence(AuditVerdict.DivergenceKind.INSERTED);
        } else {
            entry = StoredAuditEntry.read(row, its, 3);
        }
    }

    AuditVerdict verdict() {
        closePosition();
        return divergence == null
                ? toVerdict(AuditVerdict.ChainVerdict.INTACT, null)
                : toVerdict(AuditVerdict.ChainVerdict.BROKEN, divergence);
    }

    AuditVerdict brokenVerdict(long at, AuditVerdict.DivergenceKind kind) {
        return toVerdict(AuditVerdict.ChainVerdict.BROKEN, new AuditVerdict.ChainDivergence(at, kind));
    }

    private AuditVerdict toVerdict(AuditVerdict.ChainVerdict verdict, AuditVerdict.@Nullable ChainDivergence where) {
        return new AuditVerdict(verdict, from, entries, last.position(), last.hex(), where);
    }

    /** Closes the current position: neither a seal nor an entry follows for it. */
    private void closePosition() {
        if (divergence != null || seal == null && entry == null) {
            return;
        }
        if (entry == null) {
            recordDivergence(AuditVerdict.DivergenceKind.DELETED);
        } else if (seal == null) {
            recordDivergence(AuditVerdict.DivergenceKind.INSERTED);
        } else if (!Arrays.equals(seal, entry.chainedHash(last.hash()))) {
            recordDivergence(AuditVerdict.DivergenceKind.CHANGED);
        } else {
            last = new AuditChainHead(position, seal);
            entries++;
        }
        seal = null;
        entry = null;
    }

    private void recordDivergence(AuditVerdict.DivergenceKind kind) {
        divergence = new AuditVerdict.ChainDivergence(position, kind);
    }
}

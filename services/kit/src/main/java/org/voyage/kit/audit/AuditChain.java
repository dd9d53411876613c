package org.voyage.kit.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes seals and entries in the order of positions, either of a position first, and stops at what does not fit. */
class AuditChain {
    private final long from;
    private AuditHead last;
    private long entries;
    private AuditVerdict.@Nullable Divergence divergence;

    /** What has come of the position that is being looked at. */
    private byte @Nullable [] seal;

    private @Nullable AuditedEntry entry;
    private long position;

    AuditChain(long from, AuditHead before) {
        this.from = from;
        this.last = before;
        this.position = before.position();
    }

    void next(ResultSet row) throws SQLException {
        if (divergence != null) {
            return;
        }
        long its = row.getLong(1);
        if (its != position) {
            close();
            position = its;
        }
        byte[] hash = row.getBytes(2);
        if (hash != null) {
            seal = hash;
        } else if (entry != null) {
            // Of two at one place one was put there, whichever the seal fits.
            diverges(AuditVerdict.Kind.INSERTED);
        } else {
            entry = AuditedEntry.read(row, its, 3);
        }
    }

    AuditVerdict verdict() {
        close();
        return divergence == null
                ? verdict(AuditVerdict.Verdict.INTACT, null)
                : verdict(AuditVerdict.Verdict.BROKEN, divergence);
    }

    AuditVerdict broken(long at, AuditVerdict.Kind kind) {
        return verdict(AuditVerdict.Verdict.BROKEN, new AuditVerdict.Divergence(at, kind));
    }

    private AuditVerdict verdict(AuditVerdict.Verdict verdict, AuditVerdict.@Nullable Divergence where) {
        return new AuditVerdict(verdict, from, entries, last.position(), last.hex(), where);
    }

    /** Nothing more comes of this position. */
    private void close() {
        if (divergence != null || seal == null && entry == null) {
            return;
        }
        if (entry == null) {
            diverges(AuditVerdict.Kind.DELETED);
        } else if (seal == null) {
            diverges(AuditVerdict.Kind.INSERTED);
        } else if (!Arrays.equals(seal, entry.hash(last.hash()))) {
            diverges(AuditVerdict.Kind.CHANGED);
        } else {
            last = new AuditHead(position, seal);
            entries++;
        }
        seal = null;
        entry = null;
    }

    private void diverges(AuditVerdict.Kind kind) {
        divergence = new AuditVerdict.Divergence(position, kind);
    }
}

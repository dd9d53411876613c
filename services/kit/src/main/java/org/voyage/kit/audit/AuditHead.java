package org.voyage.kit.audit;

import java.util.HexFormat;

/** The end of the chain: the last position that is sealed, 0 for none, and its hash. */
record AuditHead(long position, byte[] hash) {
    static AuditHead beginning() {
        return new AuditHead(0, AuditedEntry.beginning());
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}

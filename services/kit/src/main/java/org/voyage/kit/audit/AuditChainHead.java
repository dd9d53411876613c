package org.voyage.kit.audit;

import java.util.HexFormat;

/** End of the audit chain: the last sealed position, 0 for none, and its hash. */
record AuditChainHead(long position, byte[] hash) {
    static AuditChainHead genesis() {
        return new AuditChainHead(0, StoredAuditEntry.genesisHash());
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}

package org.voyage.kit.audit;

import java.util.HexFormat;

/** The end of the chain: the last position that is sealed, 0 for none, and its hash. */
record AuditChainHead(long position, byte[] hash) {
    static AuditChainHead genesis() {
        return new AuditChainHead(0, StoredAuditEntry.genesisHash());
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}

package org.voyage.indicators.feature.verification.rebuild;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** Headroom of the heap, as the last garbage collections left it. */
final class HeapHeadroom {

    private static final double MAX_USED_SHARE = 0.9;

    private HeapHeadroom() {}

    /** Returns whether a pool of old objects was more than nine tenths full after its last collection. */
    static boolean isUsedUp() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && isOld(pool.getName()))
                .anyMatch(HeapHeadroom::isUsedUp);
    }

    /** Old objects are in the tenured or old generation; collectors without generations have one pool. */
    private static boolean isOld(String pool) {
        return !pool.contains("Eden") && !pool.contains("Survivor") && !pool.contains("Young");
    }

    private static boolean isUsedUp(MemoryPoolMXBean pool) {
        MemoryUsage after = pool.getCollectionUsage();
        return after != null && after.getMax() > 0 && after.getUsed() > MAX_USED_SHARE * after.getMax();
    }
}

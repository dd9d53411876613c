package org.voyage.kit.log;

/**
 * Number of times that Kafka was restored or emptied under the readers of a partition. Offsets carry it in their high
 * bits, so that an offset of a later epoch is larger than all earlier ones.
 */
public final class PartitionEpoch {

    private static final int OFFSET_BITS = 32;

    private PartitionEpoch() {}

    public static long generationOf(long offset) {
        return offset >> OFFSET_BITS;
    }

    /** Returns the first offset of a generation. */
    public static long firstOffset(long generation) {
        return generation << OFFSET_BITS;
    }

    /** Returns the offset as Kafka knows it. */
    public static long kafkaOffset(long offset) {
        return offset - firstOffset(generationOf(offset));
    }
}

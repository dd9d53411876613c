package org.voyage.kit.log;

/**
 * Generation of a partition: how often Kafka was restored or emptied under its readers. Offsets carry it in their high
 * bits, so that an offset of a later generation is larger than all earlier ones.
 */
public final class LogGeneration {

    private static final int OFFSET_BITS = 32;

    private LogGeneration() {}

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

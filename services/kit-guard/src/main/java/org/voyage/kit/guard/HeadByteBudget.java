package org.voyage.kit.guard;

import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.AtomicLong;
import org.voyage.kit.problem.Refusal;

/**
 * Budget of the direct memory that the unfinished heads of all connections hold together: a quarter of all direct
 * memory, and up to a half while connections end. Heads of usual length may use up to three quarters in that time, so
 * that a person whose cookies hold tokens has an answer during an attack. Without the budget some thousand clients that
 * never finish a head would use up all of it.
 */
final class HeadByteBudget {
    private static final int SHARE_OF_MEMORY = 4;
    /** The HTTP server reads at least this much at once, and doubles the buffer of a head that is longer. */
    static final int LEAST_BUFFER_BYTES = 2 * 1024;

    /** Head with the cookies of a session: they hold the tokens of an identity provider. */
    private static final long USUAL_HEAD_BYTES = 16 * 1024;

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();
    /** The part of the held bytes whose connections end. */
    private final AtomicLong endingBytes = new AtomicLong();

    HeadByteBudget() {
        this(PlatformDependent.estimateMaxDirectMemory() / SHARE_OF_MEMORY);
    }

    HeadByteBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Returns the size of the buffer that holds a part of a head; 0 for no bytes. */
    static long bufferBytes(int headBytes) {
        return headBytes == 0
                ? 0
                : Math.max(LEAST_BUFFER_BYTES, Integer.highestOneBit(Math.max(1, headBytes - 1)) << 1);
    }

    /** Adds bytes that a connection holds more, or fewer if negative. */
    void addBytes(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    /** Notes that a connection with so many bytes ends; its network thread releases them a little later. */
    void announceEnd(long bytes) {
        endingBytes.addAndGet(bytes);
    }

    /** Notes that the bytes of an announced end are released. */
    void confirmEnd(long bytes) {
        endingBytes.addAndGet(-bytes);
    }

    /** Returns the refusal of a head that may not grow. */
    Refusal explainExhaustion() {
        return new Refusal.Unavailable(
                ConnectionGuard.RETRY_AFTER_SECONDS,
                "Unfinished requests of all callers hold more than the " + limitBytes
                        + " bytes that they may hold; try again.",
                "所有调用方尚未发完的请求头占用内存已超过上限 " + limitBytes + " 字节，请稍后重试。");
    }

    /** Returns the bytes to release so that an eighth of the budget is free; at most 0 if that much is free. */
    long excessBytes() {
        return heldBytes.get() - endingBytes.get() - limitBytes + limitBytes / 8;
    }

    /** Returns whether connections must end. */
    boolean isExceeded() {
        return heldBytes.get() - endingBytes.get() > limitBytes;
    }

    /**
     * Returns whether a head may not grow, because the network threads have not released others yet.
     *
     * @param headBytes memory of the head after it has grown
     */
    boolean isExhausted(long headBytes) {
        return heldBytes.get() > (headBytes > USUAL_HEAD_BYTES ? 2 : 3) * limitBytes;
    }
}

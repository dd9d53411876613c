package org.voyage.kit.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.kit.guard.HeaderNames;

/**
 * Receipt of a write: for each topic and partition of its events, the outbox position of the last one. A reader that
 * has consumed that position has the write. Opaque to clients ({@link #text()}).
 */
public record Receipt(List<ReceiptPart> parts) {

    /** The HTTP header that carries a receipt. */
    public static final String HEADER = HeaderNames.RECEIPT;

    /** Receipt without a write to wait for. */
    public static final Receipt EMPTY = new Receipt(List.of());

    private static final int MAX_TEXT_LENGTH = 8_192;
    private static final Pattern PART_PATTERN = Pattern.compile("([a-z0-9.-]{1,120}):(\\d{1,4})@(\\d{1,18})");

    /** @param position outbox position, growing within the service that owns the topic */
    public record ReceiptPart(String topic, int partition, long position) {}

    public Receipt {
        parts = List.copyOf(parts);
    }

    /** Returns the receipt with the last of these positions for each topic and partition. */
    public static Receipt latest(Collection<ReceiptPart> places) {
        Map<PartitionKey, ReceiptPart> latest =
                new TreeMap<>(Comparator.comparing(PartitionKey::topic).thenComparing(PartitionKey::partition));
        for (ReceiptPart part : places) {
            latest.merge(
                    new PartitionKey(part.topic, part.partition), part, (a, b) -> a.position >= b.position ? a : b);
        }
        return new Receipt(List.copyOf(latest.values()));
    }

    private record PartitionKey(String topic, int partition) {}

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Returns the receipt of both writes together. */
    public Receipt plus(Receipt other) {
        return of(List.of(this, other));
    }

    /** Returns the receipt of all these writes together. */
    public static Receipt of(Collection<Receipt> receipts) {
        return latest(
                receipts.stream().flatMap(receipt -> receipt.parts.stream()).toList());
    }

    public String text() {
        List<String> texts = new ArrayList<>();
        for (ReceiptPart part : parts) {
            texts.add(part.topic + ":" + part.partition + "@" + part.position);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(",", texts).getBytes(StandardCharsets.UTF_8));
    }

    /** Parses a receipt; empty when the text is none. */
    public static Optional<Receipt> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(EMPTY);
        }
        if (text.length() > MAX_TEXT_LENGTH) {
            return Optional.empty();
        }
        String decoded;
        try {
            decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        List<ReceiptPart> parts = new ArrayList<>();
        for (String part : decoded.split(",", -1)) {
            Matcher matcher = PART_PATTERN.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            parts.add(new ReceiptPart(
                    matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))));
        }
        return Optional.of(new Receipt(parts));
    }
}

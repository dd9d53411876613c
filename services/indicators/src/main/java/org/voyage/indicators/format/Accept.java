package org.voyage.indicators.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller takes (RFC 9110, 12.5.1). A part of the header that is no media range is passed over. Of formats that are
 * equally welcome the one that was named more precisely is given, then the one that was named first.
 */
public final class Accept {

    private static final String VERSION = "version";

    private final List<Range> ranges;

    private record Range(String type, String subtype, Map<String, String> parameters, double quality, int place) {

        boolean matches(Range offered) {
            return (type.equals("*") || type.equals(offered.type))
                    && (subtype.equals("*") || subtype.equals(offered.subtype))
                    && parameters.getOrDefault(VERSION, offered.version()).equals(offered.version());
        }

        String version() {
            return parameters.getOrDefault(VERSION, "");
        }

        int precision() {
            return (type.equals("*") ? 0 : 1)
                    + (subtype.equals("*") ? 0 : 1)
                    + (version().isEmpty() ? 0 : 1);
        }
    }

    private record Choice(Format format, Range range) {}

    private Accept(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** @param header null or blank when the caller does not say: anything will do */
    public static Accept of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return of("*/*");
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            Range range = range(part, ranges.size());
            if (range != null) {
                ranges.add(range);
            }
        }
        return new Accept(ranges);
    }

    /** The format that suits best; empty when none does. */
    public Optional<Format> choose() {
        List<Choice> choices = new ArrayList<>();
        for (Format format : Format.values()) {
            Range offered = range(format.type(), 0);
            if (offered != null) {
                ranges.stream()
                        .filter(range -> range.matches(offered))
                        .max(Comparator.comparingInt(Range::precision))
                        .filter(range -> range.quality > 0)
                        .ifPresent(range -> choices.add(new Choice(format, range)));
            }
        }
        return choices.stream()
                .min(Comparator.comparingDouble((Choice choice) -> -choice.range.quality)
                        .thenComparingInt(choice -> -choice.range.precision())
                        .thenComparingInt(choice -> choice.range.place)
                        .thenComparing(Choice::format))
                .map(Choice::format);
    }

    private static @Nullable Range range(String text, int place) {
        String[] parts = text.strip().split(";", -1);
        String name = parts[0].strip().toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parts[i].substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return new Range(
                name.substring(0, slash), name.substring(slash + 1), parameters, quality(parameters.get("q")), place);
    }

    /** A weight that is none counts as none given. */
    private static double quality(@Nullable String text) {
        return text == null || !text.matches("[01](\\.\\d{0,3})?") ? 1 : Math.min(1, Double.parseDouble(text));
    }
}

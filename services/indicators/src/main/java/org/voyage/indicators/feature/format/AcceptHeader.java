package org.voyage.indicators.feature.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parser of an Accept header (RFC 9110, 12.5.1) that chooses the format. It ignores parts of the header that are not
 * media ranges. Of formats with equal weight it prefers the more specific range, then the earlier one.
 */
public final class AcceptHeader {

    private static final String VERSION_PARAMETER = "version";

    private final List<MediaRange> ranges;

    private record MediaRange(String type, String subtype, Map<String, String> parameters, double quality, int place) {

        boolean matchesOffer(MediaRange offered) {
            return (type.equals("*") || type.equals(offered.type))
                    && (subtype.equals("*") || subtype.equals(offered.subtype))
                    && parameters
                            .getOrDefault(VERSION_PARAMETER, offered.version())
                            .equals(offered.version());
        }

        String version() {
            return parameters.getOrDefault(VERSION_PARAMETER, "");
        }

        int specificity() {
            return (type.equals("*") ? 0 : 1)
                    + (subtype.equals("*") ? 0 : 1)
                    + (version().isEmpty() ? 0 : 1);
        }
    }

    private record FormatChoice(ReportFormat format, MediaRange range) {}

    private AcceptHeader(List<MediaRange> ranges) {
        this.ranges = ranges;
    }

    /** @param header null or blank accepts any format */
    public static AcceptHeader of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return of("*/*");
        }
        List<MediaRange> ranges = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            MediaRange range = parseRange(part, ranges.size());
            if (range != null) {
                ranges.add(range);
            }
        }
        return new AcceptHeader(ranges);
    }

    /** Returns the format with the highest weight; empty when the header accepts none. */
    public Optional<ReportFormat> chooseFormat() {
        return chooseFormat(List.of(ReportFormat.values()));
    }

    /** Returns the format with the highest weight among those offered; empty when the header accepts none. */
    public Optional<ReportFormat> chooseFormat(List<ReportFormat> offered) {
        List<FormatChoice> choices = new ArrayList<>();
        for (ReportFormat format : offered) {
            MediaRange type = parseRange(format.type(), 0);
            if (type != null) {
                ranges.stream()
                        .filter(range -> range.matchesOffer(type))
                        .max(Comparator.comparingInt(MediaRange::specificity))
                        .filter(range -> range.quality > 0)
                        .ifPresent(range -> choices.add(new FormatChoice(format, range)));
            }
        }
        return choices.stream()
                .min(Comparator.comparingDouble((FormatChoice choice) -> -choice.range.quality)
                        .thenComparingInt(choice -> -choice.range.specificity())
                        .thenComparingInt(choice -> choice.range.place)
                        .thenComparing(FormatChoice::format))
                .map(FormatChoice::format);
    }

    private static @Nullable MediaRange parseRange(String text, int place) {
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
        return new MediaRange(
                name.substring(0, slash),
                name.substring(slash + 1),
                parameters,
                parseQuality(parameters.get("q")),
                place);
    }

    /** Parses a weight; an invalid weight counts as absent. */
    private static double parseQuality(@Nullable String text) {
        return text == null || !text.matches("[01](\\.\\d{0,3})?") ? 1 : Math.min(1, Double.parseDouble(text));
    }
}

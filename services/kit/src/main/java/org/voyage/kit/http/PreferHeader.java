package org.voyage.kit.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Preferences of a client (RFC 7240). None is mandatory: the service ignores unknown and unavailable ones, and the
 * response names the applied ones ({@value #APPLIED_HEADER}).
 */
public final class PreferHeader {

    /** Header of the request. */
    public static final String HEADER = "Prefer";

    /** Header of the response. */
    public static final String APPLIED_HEADER = "Preference-Applied";

    /** Preference: the response comes when the events of the write are in Kafka. */
    public static final String PUBLISHED = "published";

    private static final String WAIT_PREFERENCE = "wait";
    private static final Pattern SECONDS_PATTERN = Pattern.compile("\\d{1,9}");

    private final Map<String, String> preferences = new HashMap<>();

    private PreferHeader() {}

    public static PreferHeader of(HttpHeaders headers) {
        return of(headers.getRequestHeader(HEADER));
    }

    /**
     * Parses the preferences.
     *
     * @param headers values of the header; null without the header
     */
    public static PreferHeader of(@Nullable List<String> headers) {
        PreferHeader all = new PreferHeader();
        if (headers != null) {
            headers.stream().flatMap(header -> Arrays.stream(header.split(","))).forEach(all::addPreference);
        }
        return all;
    }

    /** Adds a preference. The first of two equal ones counts; parameters after a semicolon are ignored. */
    private void addPreference(String preference) {
        String[] parts = preference.split(";", 2)[0].split("=", 2);
        String value = parts.length == 1 ? "" : parts[1].strip();
        preferences.putIfAbsent(parts[0].strip().toLowerCase(Locale.ROOT), value);
    }

    /**
     * Returns whether the client has this preference.
     *
     * @param name in small letters
     */
    public boolean hasPreference(String name) {
        return preferences.containsKey(name);
    }

    /** Returns the client's maximum waiting time, if it is valid: {@code wait=10}, in seconds. */
    public Optional<Duration> maxWait() {
        return Optional.ofNullable(preferences.get(WAIT_PREFERENCE))
                .filter(value -> SECONDS_PATTERN.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}

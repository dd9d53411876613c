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
 * What a client would like (RFC 7240). Nothing of it is a must: what is not understood, or cannot be had, is passed over, and the
 * answer names what was done ({@value #APPLIED_HEADER}).
 */
public final class PreferHeader {

    /** The header of the request. */
    public static final String HEADER = "Prefer";

    /** The header of the answer. */
    public static final String APPLIED_HEADER = "Preference-Applied";

    private static final String WAIT_PREFERENCE = "wait";
    private static final Pattern SECONDS_PATTERN = Pattern.compile("\\d{1,9}");

    private final Map<String, String> preferences = new HashMap<>();

    private PreferHeader() {}

    public static PreferHeader of(HttpHeaders headers) {
        return of(headers.getRequestHeader(HEADER));
    }

    /** @param headers the header as often as it was sent; null for not at all */
    public static PreferHeader of(@Nullable List<String> headers) {
        PreferHeader all = new PreferHeader();
        if (headers != null) {
            headers.stream().flatMap(header -> Arrays.stream(header.split(","))).forEach(all::addPreference);
        }
        return all;
    }

    /** The first counts where one is sent twice; parameters after a semicolon are none of ours. */
    private void addPreference(String preference) {
        String[] parts = preference.split(";", 2)[0].split("=", 2);
        String value = parts.length == 1 ? "" : parts[1].strip();
        preferences.putIfAbsent(parts[0].strip().toLowerCase(Locale.ROOT), value);
    }

    /** @param name in small letters */
    public boolean hasPreference(String name) {
        return preferences.containsKey(name);
    }

    /** How long the client would wait at most, if he says so in a way that is understood: {@code wait=10}, in seconds. */
    public Optional<Duration> maxWait() {
        return Optional.ofNullable(preferences.get(WAIT_PREFERENCE))
                .filter(value -> SECONDS_PATTERN.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}

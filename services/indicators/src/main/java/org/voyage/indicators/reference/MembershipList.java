package org.voyage.indicators.reference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Membership list of countries or colleges, each a member between two days (Italy left the Belt and Road in December
 * 2023).
 */
public final class MembershipList {

    /** Dimension of the lists of colleges. */
    public static final String COLLEGE_DIMENSION = "college";

    private static final String SEPARATOR = ",";

    private final String code;
    private final boolean ofColleges;
    private final Map<String, List<MembershipPeriod>> members;
    private final String version;

    /** @param until first day after the membership, {@link Integer#MAX_VALUE} while it lasts */
    record MembershipPeriod(int from, int until) {}

    MembershipList(String code, boolean ofColleges, Map<String, List<MembershipPeriod>> members) {
        this.code = code;
        this.ofColleges = ofColleges;
        this.members = Map.copyOf(members);
        this.version = computeVersion(members);
    }

    public String code() {
        return code;
    }

    /** Returns whether its members are colleges; otherwise they are countries. */
    public boolean ofColleges() {
        return ofColleges;
    }

    /** Returns the first digits of a hash of all memberships; it changes with the list. */
    public String version() {
        return version;
    }

    /** @param day days since 1970-01-01 */
    public boolean isMember(String member, int day) {
        for (MembershipPeriod membership : members.getOrDefault(member, List.of())) {
            if (membership.from() <= day && day < membership.until()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the list never had a member. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /**
     * Returns whether the list has no member on a day.
     *
     * @param day days since 1970-01-01
     */
    public boolean isEmpty(int day) {
        return members.keySet().stream().noneMatch(member -> isMember(member, day));
    }

    /** Formats one membership per line: member, first day, first day after its end; an open side is empty. */
    public String formatMembers() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(members)
                .forEach((member, all) -> all.forEach(membership -> text.append(member)
                        .append(SEPARATOR)
                        .append(formatDay(membership.from()))
                        .append(SEPARATOR)
                        .append(formatDay(membership.until()))
                        .append('\n')));
        return text.toString();
    }

    /** Returns a copy with the members of such a {@link #formatMembers()}. */
    public MembershipList withMembers(String text) {
        Map<String, List<MembershipPeriod>> others = new HashMap<>();
        text.lines().forEach(line -> {
            String[] parts = line.split(SEPARATOR, -1);
            others.computeIfAbsent(parts[0], member -> new ArrayList<>())
                    .add(new MembershipPeriod(
                            parseDay(parts[1], Integer.MIN_VALUE), parseDay(parts[2], Integer.MAX_VALUE)));
        });
        return new MembershipList(code, ofColleges, others);
    }

    private static String formatDay(int day) {
        return day == Integer.MIN_VALUE || day == Integer.MAX_VALUE
                ? ""
                : LocalDate.ofEpochDay(day).toString();
    }

    private static int parseDay(String text, int open) {
        return text.isEmpty() ? open : Math.toIntExact(LocalDate.parse(text).toEpochDay());
    }

    private static String computeVersion(Map<String, List<MembershipPeriod>> members) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(new TreeMap<>(members).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

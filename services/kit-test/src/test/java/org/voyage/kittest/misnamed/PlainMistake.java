package org.voyage.kittest.misnamed;

/** Throwable without the suffix, for {@code NamingRulesTest}. */
public final class PlainMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;
}

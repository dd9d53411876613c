package org.voyage.kittest.misnamed;

/** Has a bare participle as its name, for {@code NamingRulesTest}. */
public final class Moved {}

package org.voyage.kittest.misnamed;

/** Class with the name of a JDK class, for {@code NamingRulesTest}. */
public final class Formatter {}

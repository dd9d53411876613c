package org.voyage.feeds.record;

/**
 * Foreign partner as a record names it.
 *
 * @param name as written
 * @param country ISO 3166-1 alpha-3
 */
public record PartnerName(String name, String country) {}

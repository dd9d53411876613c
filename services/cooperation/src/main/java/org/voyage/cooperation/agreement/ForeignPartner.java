package org.voyage.cooperation.agreement;

/**
 * Foreign partner of an agreement.
 *
 * @param country ISO 3166-1 alpha-3
 */
public record ForeignPartner(String name, String country) {}

package org.voyage.overseas.school;

/**
 * Partner of a school abroad.
 *
 * @param country ISO 3166-1 alpha-3
 */
public record SchoolPartner(String name, String country) {}

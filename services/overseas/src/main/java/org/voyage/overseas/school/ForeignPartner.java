package org.voyage.overseas.school;

/** @param country ISO 3166-1 alpha-3 */
public record ForeignPartner(String name, String country) {}

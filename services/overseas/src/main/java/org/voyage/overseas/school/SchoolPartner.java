package org.voyage.overseas.school;

/** @param country ISO 3166-1 alpha-3 */
public record SchoolPartner(String name, String country) {}

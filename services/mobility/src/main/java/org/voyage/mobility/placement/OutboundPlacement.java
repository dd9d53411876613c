package org.voyage.mobility.placement;

import java.time.LocalDate;

/**
 * Record of one outbound placement: students of one college sent abroad together.
 *
 * @param hostCountry ISO 3166-1 alpha-3
 * @param participants 1 or more
 * @param days length in days, 1 or more; participants times days are person-days
 * @param startedOn first day
 */
public record OutboundPlacement(
        String college,
        String hostCountry,
        String hostOrganisation,
        PlacementPurpose purpose,
        long participants,
        long days,
        LocalDate startedOn) {}

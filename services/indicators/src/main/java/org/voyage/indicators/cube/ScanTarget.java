package org.voyage.indicators.cube;

/**
 * The cube that a scan reads, with the properties of its figure that decide what the scan needs.
 *
 * @param element column whose codes are counted once per value, or -1 when amounts are added
 * @param knownByYearOnly whether the figure's records have a year and no date
 */
public record ScanTarget(Cube cube, int element, boolean knownByYearOnly) {}

package org.voyage.indicators.cube;

/**
 * Target of a scan: the cube, with the properties of its figure that decide the requirement of the scan.
 *
 * @param element column whose codes are counted once per value, or -1 when amounts are added
 * @param knownByYearOnly whether the figure's records have a year and no date
 */
public record ScanTarget(Cube cube, int element, boolean knownByYearOnly) {}

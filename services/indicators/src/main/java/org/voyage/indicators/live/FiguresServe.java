package org.voyage.indicators.live;

import java.util.Set;

/**
 * Is told, to whoever observes it, when figures can be asked for from now on: once after a start, and of each new figure once
 * it is whole. The next one is counted when all have heard it.
 *
 * @param codes of counted figures
 */
public record FiguresServe(Set<String> codes) {}

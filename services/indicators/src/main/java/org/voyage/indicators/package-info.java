/**
 * National figures, computed from the events of the record services.
 *
 * <p>Two readers follow the same log, independently of each other. {@code evidence} keeps every version of every fact
 * in PostgreSQL, together with the offset it was read at, in one transaction. {@code live} keeps the figures in memory;
 * it starts from the evidence and then reads on by itself. Figures are data: one YAML file each, under
 * {@code contracts/indicators}; nothing in this service knows what a school or a student is.
 */
@NullMarked
package org.voyage.indicators;

import org.jspecify.annotations.NullMarked;

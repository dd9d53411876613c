/**
 * National figures, computed from the events of the record services.
 *
 * <p>Two readers follow the same log independently. {@code evidence} stores every version of every fact in PostgreSQL,
 * together with its offset, in one transaction. {@code live} holds the figures in memory: it starts from the evidence
 * and then follows the log itself. Figures are data: one YAML file each, under {@code contracts/indicators}. No code in
 * this service depends on schools or students.
 */
@NullMarked
package org.voyage.indicators;

import org.jspecify.annotations.NullMarked;

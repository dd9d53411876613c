/**
 * Mobility service: students from and to abroad, teachers sent abroad and teachers from abroad. The four record types
 * have one package each and follow the same conventions. The personal data of students from abroad has its own package.
 *
 * <p>This package holds the codes that the records share and no business rule.
 */
@NullMarked
package org.voyage.mobility;

import org.jspecify.annotations.NullMarked;

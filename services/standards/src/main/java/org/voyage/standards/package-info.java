/**
 * Standards service: standards that vocational colleges develop, their recognitions, and recognitions of credentials.
 * The three record types have one package each and follow the same conventions.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.standards;

import org.jspecify.annotations.NullMarked;

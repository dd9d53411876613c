/** Reading events from Kafka and turning their bytes into changes of facts. */
@NullMarked
package org.voyage.indicators.intake;

import org.jspecify.annotations.NullMarked;

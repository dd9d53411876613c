/** A pure OLAP structure: cells by coordinates, and their scans. It knows neither Kafka, SQL nor HTTP. */
@NullMarked
package org.voyage.indicators.cube;

import org.jspecify.annotations.NullMarked;

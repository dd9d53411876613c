/**
 * The history of all records, told to the running platform through its public HTTP APIs, and the published figures
 * printed beside what the platform then counts.
 *
 * <p>Nothing here knows a table, a topic or a class of a service. The records are built so that counting them gives
 * every published figure that can be computed: the schools in {@code history/known-schools.csv} exist (the file says
 * which of their facts are constructed), everything else is invented, names included.
 */
@NullMarked
package org.voyage.demo;

import org.jspecify.annotations.NullMarked;

/** The JDBC client, in front of a real PostgreSQL. */
@NullMarked
package org.voyage.kit.database;

import org.jspecify.annotations.NullMarked;

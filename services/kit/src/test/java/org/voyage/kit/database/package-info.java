/** Tests of the JDBC client with a real PostgreSQL. */
@NullMarked
package org.voyage.kit.database;

import org.jspecify.annotations.NullMarked;

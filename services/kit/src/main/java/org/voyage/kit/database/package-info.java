/** JDBC without boilerplate: statements, their parameters, their results, and the one exception for failures. */
@NullMarked
package org.voyage.kit.database;

import org.jspecify.annotations.NullMarked;

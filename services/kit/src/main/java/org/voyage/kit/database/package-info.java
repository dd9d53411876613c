/** How statements travel to the database. */
@NullMarked
package org.voyage.kit.database;

import org.jspecify.annotations.NullMarked;

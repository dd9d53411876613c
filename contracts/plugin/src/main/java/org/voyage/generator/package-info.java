/** Plugin of the build: schemas and Java sources of records, from {@code contracts/records}. */
@NullMarked
package org.voyage.generator;

import org.jspecify.annotations.NullMarked;

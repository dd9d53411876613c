/** The standard (标准): an instruction, curriculum or occupational standard that vocational colleges developed. */
@NullMarked
package org.voyage.standards.standard;

import org.jspecify.annotations.NullMarked;

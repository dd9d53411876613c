/** The overseas school (境外办学机构): a school that Chinese vocational colleges run abroad. */
@NullMarked
package org.voyage.overseas.school;

import org.jspecify.annotations.NullMarked;

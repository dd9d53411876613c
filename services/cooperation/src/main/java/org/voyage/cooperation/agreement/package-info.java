/**
 * What an institution (中外合作办学机构) and a programme (中外合作办学项目) have in common: the agreement of a college
 * with partners abroad, its approval and its life.
 */
@NullMarked
package org.voyage.cooperation.agreement;

import org.jspecify.annotations.NullMarked;

package org.voyage.overseas.school;

/** Brand of a school (contracts/reference/brands.csv). */
public enum SchoolBrand {
    LUBAN_WORKSHOP,
    SILK_ROAD_SCHOOL,
    ZHENG_HE_SCHOOL,
    BI_SHENG_WORKSHOP,
    ZHENG_WEN_WORKSHOP,
    DAYU_COLLEGE,
    FURONG_WORKSHOP,
    CHINESE_LANGUAGE_WORKSHOP,
    MODERN_CRAFTSMAN_ACADEMY,
    OTHER
}

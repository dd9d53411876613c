package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Catalogue of 795 major codes in the form of 2021: class (41 to 59), group, serial. Classes and numbers of groups are
 * real. The seven or eight majors of every group are constructed.
 */
final class MajorCatalogue {

    /** Number of majors published for the overseas schools of 2023. */
    static final int MAJOR_COUNT = 795;

    private static final int FIRST_CLASS = 41;
    private static final int[] GROUPS_BY_CLASS = {4, 9, 7, 7, 4, 9, 2, 4, 3, 6, 4, 9, 8, 2, 4, 2, 5, 8, 4};
    private static final String[] FIELDS = {
        "现代农业", "资源环境", "能源材料", "建筑工程", "水利", "装备制造", "生物化工", "轻工纺织", "食品药品", "交通运输", "电子信息", "医药卫生", "财经商贸", "旅游",
        "文化艺术", "新闻传播", "教育体育", "公共安全", "公共服务"
    };
    private static final String[] FIELDS_EN = {
        "Agriculture", "Resources", "Energy and Materials", "Construction", "Water", "Manufacturing", "Bio-chemistry",
        "Light Industry", "Food and Medicine", "Transport", "Information Technology", "Health", "Commerce", "Tourism",
        "Arts", "Media", "Education and Sport", "Public Safety", "Public Service"
    };

    private MajorCatalogue() {}

    /** Returns the codes in ascending order, so that adjacent codes belong to the same group. */
    static List<String> higherVocational() {
        return generateCodes(FIRST_CLASS, MAJOR_COUNT);
    }

    /** Returns {@code count} codes of secondary vocational majors, classes 61 to 79. */
    static List<String> secondary(int count) {
        return generateCodes(FIRST_CLASS + 20, count);
    }

    /** Returns {@code count} codes of vocational bachelor majors, classes 21 to 39. */
    static List<String> bachelor(int count) {
        return generateCodes(FIRST_CLASS - 20, count);
    }

    static String levelOf(String major) {
        return switch ((Integer.parseInt(major, 0, 2, 10) - 1) / 20) {
            case 1 -> "vocational-bachelor";
            case 2 -> "higher-vocational";
            default -> "secondary-vocational";
        };
    }

    private static List<String> generateCodes(int firstClass, int count) {
        List<String> codes = new ArrayList<>();
        for (int serial = 1; codes.size() < count; serial++) {
            for (int i = 0; i < GROUPS_BY_CLASS.length && codes.size() < count; i++) {
                for (int group = 1; group <= GROUPS_BY_CLASS[i] && codes.size() < count; group++) {
                    codes.add("%d%02d%02d".formatted(firstClass + i, group, serial));
                }
            }
        }
        return codes.stream().sorted().toList();
    }

    static String fieldOf(String major) {
        return FIELDS[classIndex(major)];
    }

    static String englishFieldOf(String major) {
        return FIELDS_EN[classIndex(major)];
    }

    private static int classIndex(String major) {
        return (Integer.parseInt(major, 0, 2, 10) - 1) % 20;
    }
}

package org.voyage.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Seeded person of the local issuer, who signs in without a password.
 *
 * @param id subject of the person's tokens; the audit names the person by it
 * @param role code of the only role
 * @param chineseOffice office in Chinese, e.g. 天津市教育委员会
 * @param scope the claim {@code province} or {@code alliance}, or none
 */
record IssuerPerson(
        String id,
        String chineseName,
        String englishName,
        String role,
        String chineseOffice,
        String englishOffice,
        Map<String, String> scope) {

    private static final List<IssuerPerson> ALL = List.of(
            new IssuerPerson("wang-fang", "王芳", "Wang Fang", "operator", "国家平台运行管理", "National operator", Map.of()),
            new IssuerPerson("li-jian", "李健", "Li Jian", "auditor", "审计", "Auditor", Map.of()),
            new IssuerPerson("zhao-min", "赵敏", "Zhao Min", "privacy-officer", "个人信息保护负责人", "Privacy officer", Map.of()),
            new IssuerPerson(
                    "chen-jing",
                    "陈静",
                    "Chen Jing",
                    "bureau",
                    "天津市教育委员会",
                    "Tianjin education commission",
                    Map.of("province", "12")),
            new IssuerPerson(
                    "zhou-wei",
                    "周伟",
                    "Zhou Wei",
                    "bureau",
                    "江苏省教育厅",
                    "Jiangsu education department",
                    Map.of("province", "32")),
            new IssuerPerson(
                    "huang-li",
                    "黄丽",
                    "Huang Li",
                    "bureau",
                    "广西壮族自治区教育厅",
                    "Guangxi education department",
                    Map.of("province", "45")),
            new IssuerPerson(
                    "sun-hao",
                    "孙浩",
                    "Sun Hao",
                    "alliance",
                    "世界职业院校与技术大学联盟（WFCP）",
                    "World Federation of Colleges and Polytechnics (WFCP)",
                    Map.of("alliance", "WFCP")));

    static List<IssuerPerson> listAll() {
        return ALL;
    }

    static Optional<IssuerPerson> find(String id) {
        return ALL.stream().filter(person -> person.id.equals(id)).findFirst();
    }

    /** Returns the claims that all tokens of the person carry. */
    Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", id);
        claims.put("name", chineseName);
        claims.put("preferred_username", id);
        claims.put("roles", List.of(role));
        claims.putAll(scope);
        return claims;
    }
}

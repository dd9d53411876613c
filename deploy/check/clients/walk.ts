// Uses the client of each service as a programmer would: a bureau writes, reads and withdraws a record of each record service and asks
// for figures; an alliance subscribes and reads its feed.
// Arguments: addresses by service (JSON), token of a bureau, its province, a new key, token of an alliance.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components as CooperationParts, paths as Cooperation } from "./cooperation.js";
import type { paths as Feeds } from "./feeds.js";
import type { paths as Indicators } from "./indicators.js";
import type { components as MobilityParts, paths as Mobility } from "./mobility.js";
import type { components, paths as Overseas } from "./overseas.js";
import type { components as StandardsParts, paths as Standards } from "./standards.js";

const [addresses, token, province, sourceId, allianceToken] = process.argv.slice(2) as [
  string, string, string, string, string,
];
const urls = JSON.parse(addresses) as Record<
  "cooperation" | "feeds" | "indicators" | "mobility" | "overseas" | "standards", string
>;
const headers = { Authorization: `Bearer ${token}` };
const overseas = createClient<Overseas>({ baseUrl: urls.overseas, headers });
const indicators = createClient<Indicators>({ baseUrl: urls.indicators, headers });

const path = { province, sourceId };
const withdrawal = { path, query: { reason: "测试" } };
const college = `41${province}000001`;

const school: components["schemas"]["OverseasSchool"] = {
  name: "泰国鲁班工坊",
  brand: "luban-workshop",
  tier: "workshop",
  form: "training-centre",
  hostCountry: "THA",
  foundingColleges: [college],
  status: "open",
  openedOn: "2026-11-01",
};

const written = await overseas.PUT("/v1/overseas-schools/{province}/{sourceId}", { params: { path }, body: school });
assert.equal(written.response.status, 201, JSON.stringify(written.error));
const receipt = written.response.headers.get("Voyage-Receipt");
assert.ok(receipt);

const read = await overseas.GET("/v1/overseas-schools/{province}/{sourceId}", { params: { path } });
assert.equal(read.data?.fields.hostCountry, "THA");
assert.equal(read.data.version, 1);

const list = await overseas.GET("/v1/overseas-schools", {
  params: { query: { brand: ["luban-workshop", "other"], hostCountry: ["泰国"], limit: 1000 } },
});
const items: components["schemas"]["OverseasSchoolVersion"][] = list.data?.items ?? [];
assert.ok(items.some((item) => item.sourceId === sourceId && item.withdrawn === false));

const values = await indicators.GET("/v1/indicators/{code}/values", {
  params: {
    path: { code: "overseas-schools" },
    query: { by: ["year"], period: "2024..2026", hostCountry: ["THA"], receipt },
  },
});
const answer = values.data;
// The operation also answers CSV and other formats; this client asked for none of them.
assert.ok(typeof answer === "object" && "items" in answer);
const years: number[] = answer.items.map((item) => item.year ?? 0);
assert.deepEqual(years, [2024, 2025, 2026]);

const refused = await overseas.PUT("/v1/overseas-schools/{province}/{sourceId}", {
  params: { path },
  body: { ...school, foundingColleges: ["1"] },
});
assert.equal(refused.response.status, 422);
assert.equal(refused.error?.errors?.[0]?.pointer, "/foundingColleges/0");

const withdrawn = await overseas.DELETE("/v1/overseas-schools/{province}/{sourceId}", { params: withdrawal });
assert.equal(withdrawn.data?.withdrawn, true);

const mobility = createClient<Mobility>({ baseUrl: urls.mobility, headers });
const teacher: MobilityParts["schemas"]["ForeignTeacher"] = { college, nationality: "THA", startedOn: "2026-09-01" };
const employed = await mobility.PUT("/v1/foreign-teachers/{province}/{sourceId}", { params: { path }, body: teacher });
assert.equal(employed.response.status, 201, JSON.stringify(employed.error));
const known = await mobility.GET("/v1/foreign-teachers/{province}/{sourceId}", { params: { path } });
assert.equal(known.data?.fields.nationality, "THA");
const left = await mobility.DELETE("/v1/foreign-teachers/{province}/{sourceId}", { params: withdrawal });
assert.equal(left.data?.withdrawn, true);

const cooperation = createClient<Cooperation>({ baseUrl: urls.cooperation, headers });
const programme: CooperationParts["schemas"]["CooperativeProgramme"] = {
  name: "示例合作办学项目",
  college,
  foreignPartners: [{ name: "Example University", country: "THA" }],
  approvalNumber: `EXAMPLE-${sourceId}`,
  approvedOn: "2026-03-01",
  scheme: "ordinary",
  major: "460301",
  status: "approved",
};
const approved = await cooperation.PUT("/v1/cooperative-programmes/{province}/{sourceId}", {
  params: { path },
  body: programme,
});
assert.equal(approved.response.status, 201, JSON.stringify(approved.error));
const agreed = await cooperation.GET("/v1/cooperative-programmes/{province}/{sourceId}", { params: { path } });
assert.equal(agreed.data?.fields.foreignPartners[0]?.country, "THA");
const ended = await cooperation.DELETE("/v1/cooperative-programmes/{province}/{sourceId}", { params: withdrawal });
assert.equal(ended.data?.withdrawn, true);

const standards = createClient<Standards>({ baseUrl: urls.standards, headers });
const standard: StandardsParts["schemas"]["Standard"] = {
  title: "示例课程标准",
  kind: "curriculum",
  developingColleges: [college],
  field: "46",
  edition: "2026",
};
const developed = await standards.PUT("/v1/standards/{province}/{sourceId}", { params: { path }, body: standard });
assert.equal(developed.response.status, 201, JSON.stringify(developed.error));
const edition = await standards.GET("/v1/standards/{province}/{sourceId}", { params: { path } });
assert.equal(edition.data?.fields.edition, "2026");
const replaced = await standards.DELETE("/v1/standards/{province}/{sourceId}", { params: withdrawal });
assert.equal(replaced.data?.withdrawn, true);

const feeds = createClient<Feeds>({ baseUrl: urls.feeds, headers: { Authorization: `Bearer ${allianceToken}` } });
const subscribed = await feeds.POST("/v1/feeds", {
  body: { name: sourceId, filter: { records: ["overseas-school"] }, start: "snapshot" },
});
assert.equal(subscribed.response.status, 201, JSON.stringify(subscribed.error));
const feed = subscribed.data?.id ?? "";
const events = await feeds.GET("/v1/feeds/{feed}/events", { params: { path: { feed }, query: { limit: 10, wait: 30 } } });
const first = (events.data?.[0] ?? {}) as { type?: string };
assert.equal(first.type, "org.voyage.feed.overseas-school.present.v1");
const unsubscribed = await feeds.DELETE("/v1/feeds/{feed}", { params: { path: { feed } } });
assert.equal(unsubscribed.response.status, 204);
console.log(`${written.response.status} ${years.length} years`);

// Uses the client of each service as a bureau's programmer would: writes a record, reads it, asks for figures.
// Arguments: address of the indicators, address of the overseas service, token of the bureau, its province, a new key.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths as Cooperation } from "./cooperation.js";
import type { paths as Indicators } from "./indicators.js";
import type { paths as Mobility } from "./mobility.js";
import type { components, paths as Overseas } from "./overseas.js";
import type { paths as Standards } from "./standards.js";

const [indicatorsUrl, overseasUrl, token, province, sourceId] = process.argv.slice(2) as [
  string, string, string, string, string,
];
const headers = { Authorization: `Bearer ${token}` };
const overseas = createClient<Overseas>({ baseUrl: overseasUrl, headers });
const indicators = createClient<Indicators>({ baseUrl: indicatorsUrl, headers });

const school: components["schemas"]["OverseasSchool"] = {
  name: "泰国鲁班工坊",
  brand: "luban-workshop",
  tier: "workshop",
  form: "training-centre",
  hostCountry: "THA",
  foundingColleges: [`41${province}000001`],
  status: "open",
  openedOn: "2026-11-01",
};

const path = { province, sourceId };
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

const withdrawn = await overseas.DELETE("/v1/overseas-schools/{province}/{sourceId}", {
  params: { path, query: { reason: "测试" } },
});
assert.equal(withdrawn.data?.withdrawn, true);

// The other clients compile; every service has the batches of files.
type Batches = Cooperation["/v1/batches"] & Mobility["/v1/batches"] & Standards["/v1/batches"];
const batches: Batches | undefined = undefined;
assert.equal(batches, undefined);
console.log(`${written.response.status} ${years.length} years`);

"""向远航报送数据。只用 Python 3.8 以上自带的库。"""
import json, time, urllib.error, urllib.parse, urllib.request, uuid

ISSUER = "http://localhost:8086/token"
CLIENT, SECRET = "bureau-32", "local-bureau-32"
OVERSEAS, INDICATORS = "http://localhost:8083", "http://localhost:8080"
token = {"text": "", "until": 0}


def bearer():
    """返回令牌；到期前一分钟换新的。"""
    if time.time() > token["until"] - 60:
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
        with urllib.request.urlopen(ISSUER, urllib.parse.urlencode(form).encode()) as answer:
            got = json.load(answer)
        token.update(text=got["access_token"], until=time.time() + got["expires_in"])
    return "Bearer " + token["text"]


def send(method, url, body=None, kind="application/json", **headers):
    """发送请求，返回 (状态码, 响应头, 内容)。429、503 和断线自动重试。"""
    for attempt in range(8):
        request = urllib.request.Request(url, data=body, method=method)
        request.add_header("Authorization", bearer())
        if body is not None:
            request.add_header("Content-Type", kind)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code not in (429, 503):
                return refused.code, refused.headers, refused.read()
            time.sleep(int(refused.headers.get("Retry-After", "5")))
        except OSError:
            time.sleep(2 ** attempt)
    raise SystemExit("平台没有应答，请稍后再试")


def put(collection, key, record):
    """报送一条记录，返回回执；被退回时列出原因。"""
    status, headers, body = send("PUT", f"{OVERSEAS}/v1/{collection}/{CLIENT[-2:]}/{key}",
                                 json.dumps(record).encode())
    if status >= 400:
        problem = json.loads(body)
        for error in problem.get("errors") or [{"pointer": "", "rule": problem["type"], "detailZh": problem["detailZh"]}]:
            print(key, error["pointer"], error["rule"], error["detailZh"])
        return None
    print(key, {200: "已更正或无变化", 201: "已新增", 202: "待处理"}[status])
    return headers.get("Voyage-Receipt")


def upload(collection, path, dry_run):
    """报送整个文件，等到处理完，返回批次。"""
    kind = "text/csv" if path.endswith(".csv") else \
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    with open(path, "rb") as file:
        status, headers, body = send("POST", f"{OVERSEAS}/v1/{collection}/batches?dryRun={str(dry_run).lower()}",
                                     file.read(), kind, Prefer="respond-async", Idempotency_Key=str(uuid.uuid4()))
    batch = json.loads(body)
    if status >= 400:
        raise SystemExit(batch["detailZh"])
    while batch["state"] in ("receiving", "running"):
        time.sleep(1)
        batch = json.loads(send("GET", f"{OVERSEAS}/v1/batches/{batch['id']}")[2])
    print(batch["state"], batch["counts"])
    for cause in batch["errors"]:
        print(f"退回 {cause['rows']} 行，首行第 {cause['firstLine']} 行：{cause['detailZh']}改法：{cause['repairZh']}")
    return batch


if __name__ == "__main__":
    receipt = put("overseas-schools", "TH-7", {
        "name": "泰国罗勇郑和学院", "brand": "zheng-he-school", "tier": "workshop", "form": "training-centre",
        "hostCountry": "THA", "foundingColleges": ["4132900001"], "status": "open", "openedOn": "2026-09-01"})
    status, _, body = send("GET", f"{INDICATORS}/v1/indicators/overseas-schools/values?hostCountry=THA&receipt="
                           + urllib.parse.quote(receipt))
    print("泰国境外办学机构：", json.loads(body)["items"][0]["value"])
    batch = upload("overseas-headcounts", "headcounts.csv", dry_run=True)

"""向远航报送数据。只用 Python 3.8 以上自带的库。"""
import hashlib, http.client, json, os, time, urllib.error, urllib.parse, urllib.request, uuid

ISSUER = "http://localhost:8086/token"
CLIENT, SECRET, PROVINCE = "bureau-32", "local-bureau-32", "32"
OVERSEAS, INDICATORS = "http://localhost:8083", "http://localhost:8080"  # 报送其他业务时，8083 换成该业务的端口
token = {"text": "", "until": 0}


def bearer():
    """返回令牌；到期前一分钟换新的。"""
    if time.time() > token["until"] - 60:
        form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
        try:
            with urllib.request.urlopen(ISSUER, urllib.parse.urlencode(form).encode(), timeout=60) as answer:
                got = json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code >= 500:
                raise
            raise SystemExit(f"没有取到令牌（{refused.code}），请核对客户端编号和密钥") from None
        token.update(text=got["access_token"], until=time.time() + got["expires_in"])
    return "Bearer " + token["text"]


def send(method, url, body=None, kind="application/json", **headers):
    """发送请求，返回 (状态码, 响应头, 内容)。429、5xx 和断线自动重试。"""
    cause = ""
    for attempt in range(8):
        try:
            request = urllib.request.Request(url, data=body, method=method)
            request.add_header("Authorization", bearer())
            if body is not None:
                request.add_header("Content-Type", kind)
            for name, value in headers.items():
                request.add_header(name.replace("_", "-"), value)
            with urllib.request.urlopen(request, timeout=600) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            wait = refused.headers.get("Retry-After")
            if wait is None and refused.code < 500:
                return refused.code, refused.headers, refused.read()
            cause = f"状态码 {refused.code}，请求编号 {refused.headers.get('X-Request-Id')}"
            time.sleep(int(wait or 2 ** attempt))
        except (OSError, http.client.HTTPException) as broken:
            cause = broken
            time.sleep(2 ** attempt)
    raise SystemExit(f"平台没有正常应答，请稍后再试（{cause}）")


def put(collection, key, record):
    """报送一条记录，返回回执；被退回时列出原因。"""
    status, headers, body = send("PUT", f"{OVERSEAS}/v1/{collection}/{PROVINCE}/{key}",
                                 json.dumps(record).encode())
    if status >= 400:
        problem = json.loads(body)
        for error in problem.get("errors") or [{"pointer": "", "rule": problem["type"], "detailZh": problem["detailZh"]}]:
            print(key, error["pointer"], error["rule"], error["detailZh"])
        return None
    print(key, {200: "已更正或无变化", 201: "已新增", 202: "待处理"}[status])
    return headers.get("Voyage-Receipt")


def keep_key(path, content):
    """返回幂等键，记在文件旁的 .key 里，有了结果才删除：中断后再次运行沿用原来的键，平台返回原来的批次。"""
    digest = hashlib.sha256(content).hexdigest()
    try:
        with open(path + ".key") as file:
            kept, key = file.read().split()
        if kept == digest:
            return key
    except (OSError, ValueError):
        pass
    key = str(uuid.uuid4())
    with open(path + ".key", "w") as file:
        file.write(digest + " " + key)
    return key


def upload(collection, path, dry_run):
    """报送整个文件，等到处理完，返回批次。"""
    kind = {"csv": "text/csv", "ndjson": "application/x-ndjson",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}[path.rsplit(".", 1)[-1].lower()]
    with open(path, "rb") as file:
        content = file.read()
    key = keep_key(path, f"{collection} {dry_run} ".encode() + content)
    status, headers, body = send("POST", f"{OVERSEAS}/v1/{collection}/batches?dryRun={str(dry_run).lower()}",
                                 content, kind, Prefer="respond-async", Idempotency_Key=key)
    batch = json.loads(body)
    if status >= 400:
        os.remove(path + ".key")
        raise SystemExit(batch["detailZh"])
    while batch["state"] in ("receiving", "running"):
        time.sleep(1)
        batch = json.loads(send("GET", f"{OVERSEAS}/v1/batches/{batch['id']}")[2])
    os.remove(path + ".key")
    print(batch["state"], batch["counts"])
    for cause in batch["errors"]:
        print(f"退回 {cause['rows']} 行，首行第 {cause['firstLine']} 行：{cause['detailZh']}改法：{cause['repairZh']}")
    return batch


def fetch_refused(batch, path):
    """取回退回的行，格式与报送的文件相同。"""
    with open(path, "wb") as file:
        file.write(send("GET", f"{OVERSEAS}/v1/batches/{batch['id']}/refused")[2])


if __name__ == "__main__":
    receipt = put("overseas-schools", "TH-7", {
        "name": "泰国罗勇郑和学院", "brand": "zheng-he-school", "tier": "workshop", "form": "training-centre",
        "hostCountry": "THA", "foundingColleges": ["4132900001"], "status": "open", "openedOn": "2026-09-01"})
    if receipt is None:
        raise SystemExit("这条记录没有入库")
    status, _, body = send("GET", f"{INDICATORS}/v1/indicators/overseas-schools/values?hostCountry=THA&receipt="
                           + urllib.parse.quote(receipt))
    print("泰国境外办学机构：", json.loads(body)["items"][0]["value"])
    batch = upload("overseas-headcounts", "headcounts.csv", dry_run=True)
    if batch["counts"]["refused"]:
        fetch_refused(batch, "refused.csv")  # 改好后再报：upload("overseas-headcounts", "refused.csv", dry_run=False)

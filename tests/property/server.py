"""A loopback HTTP/1.1 server that answers from a portal's bodies, late by route, and applies faults."""
import asyncio
import json
import random
import re
from urllib.parse import parse_qs, unquote, urlsplit

import faults

PAGED = ("ingestion/products", "ingestion/submissions", "ingestion/workflow", "ingestion/validations",
         "graph/products", "graph/submissions")


class Server:
    """One run's service: what was asked stands in `served` (by route) and which faults bit in `bites`."""

    def __init__(self, portal, run):
        self.portal, self.run = portal, run
        self.faults = {fault.route: fault for fault in portal.faults}
        self.served, self.bites, self.log, self.strange = {}, set(), [], []
        self.connections = set()

    async def __aenter__(self):
        self.listener = await asyncio.start_server(self.connection, "127.0.0.1", 0, backlog=200)
        self.port = self.listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.listener.close()
        for writer in list(self.connections):
            writer.transport.abort()

    async def connection(self, reader, writer):
        self.connections.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                method, target, _ = lines[0].split(" ", 2)
                length = [int(l.split(":")[1]) for l in lines if l.lower().startswith("content-length:")]
                if length:
                    await reader.readexactly(length[0])
                if not await self.answer(writer, method, target):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            pass
        finally:
            self.connections.discard(writer)
            writer.close()

    async def answer(self, writer, method, target):
        """Answer one request; False where the connection ends with it."""
        status, route, body, link = self.find(method, target)
        page = 2 if "#2" in route else 1
        await asyncio.sleep(self.delay(route))
        count = self.served.get(route, 0)
        self.served[route] = count + 1
        fault = self.faults.get(route)
        if fault is not None and fault.times is not None and count >= fault.times:
            fault = None
        headers, cut, chunked = {}, None, random.Random(f"{self.portal.seed}/{route}").random() < 0.5
        text = faults.text_of(self.linked(route, body, link)) if body is not None else ""
        if fault is not None:
            status, text, headers, cut = self.spoil(fault, status, route, body, link, text)
            chunked = chunked and fault.name != "cut" or fault.name == "chunk-cut"
        self.log.append(f"{method} {unquote(target)} {status}{' ' + fault.name if fault else ''}")
        data = text if isinstance(text, bytes) else text.encode()
        if cut is not None:
            self.write(writer, status, headers, data, chunked, cut)
            await writer.drain()
            return False
        self.write(writer, status, headers, data, chunked, None)
        await writer.drain()
        return True

    @staticmethod
    def write(writer, status, headers, data, chunked, cut):
        head = f"HTTP/1.1 {status} Word\r\nContent-Type: application/json; charset=utf-8\r\n"
        for name, value in headers.items():
            head += f"{name}: {value}\r\n"
        sent = data if cut is None else data[:cut]
        if chunked:
            head += "Transfer-Encoding: chunked\r\n\r\n"
            if cut is None:
                body = b"%x\r\n%s\r\n" % (len(sent), sent) if sent else b""
                body += b"0\r\n\r\n"
            else:
                body = b"%x\r\n%s" % (len(data), sent)
        else:
            head += f"Content-Length: {len(data)}\r\n\r\n"
            body = sent
        writer.write(head.encode() + body)

    def delay(self, route):
        return random.Random(f"{self.portal.seed}/{self.run}/{route}").choice((0, 0, 0.002, 0.01, 0.03))

    def linked(self, route, body, link):
        if link is None or not isinstance(body, dict):
            return body
        if route.startswith("graph"):
            return {**body, "@nextLink": f"http://127.0.0.1:{self.port}/{link}"}
        return {"nextLink": link, **body}

    def spoil(self, fault, status, route, body, link, text):
        """(status, text, headers, cut) as the fault makes them; cut is the length after which it breaks off."""
        name = fault.name
        headers = {"Retry-After": "0"} if fault.arg % 2 and name in ("503", "429") else {}
        self.bites.add(fault)
        if name in ("500", "502", "503", "429", "403"):
            return int(name), json.dumps({"error": {"code": "Word", "message": "no"}}), headers, None
        if name == "404":
            return 404, "", headers, None
        if name == "html":
            return 200, "<html><body>Sign in</body></html>", headers, None
        if name == "empty":
            return 200, "", headers, None
        if name == "text":
            return 200, '"all is well"', headers, None
        if name == "error-body":
            return 200, json.dumps(faults.error_body(fault)), headers, None
        if name == "other-400":
            return 400, json.dumps("ICH50400 - Unable to complete request. The seller is blocked."), headers, None
        if name == "type-refused":
            error = {"code": "badRequest", "message": "Type AzureApplication is not supported"}
            return 400, json.dumps({"error": error}), headers, None
        if name == "bom":
            return status, b"\xef\xbb\xbf" + text.encode(), headers, None
        if name in ("cut", "chunk-cut"):
            return status, text, headers, self.cut_at(fault, body, link, route, text)
        if name == "ghost":
            return self.with_ghost(route, body, text)
        if name == "repeat-page":
            return status, faults.text_of(self.linked(route, body, self.link_to(route))), headers, None
        if body is None:
            self.bites.discard(fault)
            return status, text, headers, None
        spoiled = faults.text_of(self.linked(route, faults.spoil_body(fault, body), link))
        if spoiled == text:
            self.bites.discard(fault)
        return status, spoiled, headers, None

    def cut_at(self, fault, body, link, route, text):
        """In the middle of an element, so that `whole_elements` stand before it."""
        elements = body["value"] if isinstance(body, dict) and "value" in body else body
        if not isinstance(elements, list) or not elements:
            return len(text.encode()) // 2
        whole = whole_elements(fault, len(elements))
        part = faults.text_of(elements[whole])
        return len(text[:text.index(part)].encode()) + len(part.encode()) // 2

    def with_ghost(self, route, body, text):
        ghost = self.portal.ghost(route)
        elements = body["value"] if isinstance(body, dict) else body
        elements = [ghost] + elements + [ghost]
        text = faults.text_of({"value": elements} if isinstance(body, dict) else elements)
        return 200, text, {}, len(text.encode()) - 20

    def link_to(self, route):
        """A link to the page itself."""
        return self.page_link(route.split("#")[0], int(route.split("#")[1]) if "#" in route else 1)

    def page_link(self, route, page):
        kind = faults.route_kind(route)
        parts = route.split("/")
        if kind == "ingestion/products":
            filter = f"&$filter=resourceType eq '{parts[2]}'" if len(parts) == 3 else ""
            if self.portal.links_forget_filter:
                filter = ""
            place = parts[2] if len(parts) == 3 else ""
            return f"v1.0/ingestion/products?$skipToken={place}.{page}{filter}".replace(" ", "%20")
        if kind == "graph/products":
            return f"rp/product-ingestion/product?$version=2022-07-01&$maxpagesize=200&continuationToken={page}"
        if kind == "graph/submissions":
            return f"rp/product-ingestion/submission/{parts[2]}?$version=2022-07-01&continuationToken={page}"
        name = {"submissions": "submissions", "workflow": "workflowdetails", "validations": "validations"}[parts[1]]
        if name == "submissions":
            return f"v1.0/ingestion/products/{parts[2]}/submissions?$skipToken=.{page}"
        return f"v1.0/ingestion/products/{parts[2]}/submissions/{parts[3] if len(parts) > 3 else '1'}/{name}?$skipToken=.{page}"

    def paged(self, route, body, page):
        """(body, link) of one page, for bodies with a "value"."""
        kind = faults.route_kind(route)
        if body is None or kind not in PAGED or "value" not in body:
            return body, None
        values = body["value"]
        fault = self.faults.get(route) or self.faults.get(route + "#2")
        if "submissions" in kind and not self.portal.unordered(route) and (fault is None or fault.harmless):
            values = list(values)
            random.Random(f"{self.portal.seed}/{self.run}/{route}").shuffle(values)
        size = self.portal.page_size(kind)
        start = (page - 1) * size
        link = self.page_link(route, page + 1) if start + size < len(values) else None
        return {**body, "value": values[start:start + size]}, link

    def find(self, method, target):
        """(status, route, body, link) of a request, as the service would answer without faults."""
        parts = urlsplit(target)
        path = [unquote(p) for p in parts.path.split("/") if p]
        query = {name.lower(): values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if method == "POST" and path[-1:] == ["token"]:
            return 200, "token", {"token_type": "Bearer", "expires_in": 3599, "access_token": "token"}, None
        if path[:2] == ["api", "publishers"]:
            return self.find_cpp(path[2:])
        if path[:2] == ["v1.0", "ingestion"]:
            return self.find_ingestion(path[2:], query)
        if path[:2] == ["rp", "product-ingestion"]:
            return self.find_graph(path[2:], query)
        return self.missing(target)

    def missing(self, target):
        self.strange.append(target)
        return 404, "nothing", None, None

    def found(self, route, page=1):
        body = self.portal.bodies.get(route)
        if body is None:
            return 404, route, None, None
        body, link = self.paged(route, body, page)
        return 200, route + (f"#{page}" if page > 1 else ""), body, link

    def find_cpp(self, path):
        if path == []:
            definition = {"displayText": "Contoso", "offerTypeCategories": [], "sellerId": 7}
            return 200, "cpp/publishers", [{"version": 1, "id": "contoso", "definition": definition}], None
        if path[0] != "contoso":
            return 404, "nothing", None, None
        if path[1:] == ["offers"]:
            return self.found("cpp/list")
        if len(path) == 5 and path[3] == "slot":
            return self.found(f"cpp/{path[4].lower()}/{path[2]}")
        if len(path) == 4 and path[3] in ("status", "submissions"):
            return self.found(f"cpp/{path[3]}/{path[2]}")
        return self.missing("/".join(path))

    def find_ingestion(self, path, query):
        place, _, number = query.get("$skiptoken", ".1").rpartition(".")
        page = int(number or 1)
        filter = query.get("$filter", "")
        if path == ["products"]:
            by_id = re.search(r"i/value eq '([^']*)'", filter, re.I)
            if by_id:
                return self.found_or_none(f"ingestion/lookup/{by_id.group(1).lower()}")
            by_type = re.search(r"resourceType eq '([^']*)'", filter, re.I)
            if by_type:
                return self.found_or_none(f"ingestion/products/{by_type.group(1)}", page)
            if not self.portal.plain_list:
                error = ('ICH50400 - Unable to complete request. {"faultCode":50400,"reasonPhrase":'
                         '"The value of ProductTypeFilter[0] is not valid."}')
                return 400, "ingestion/plain", error, None
            return self.found("ingestion/products", page)
        if len(path) == 3 and path[2] == "submissions":
            return self.found(f"ingestion/submissions/{path[1]}", page)
        if len(path) == 5 and path[4] in ("workflowdetails", "validations"):
            kind = "workflow" if path[4] == "workflowdetails" else "validations"
            status, route, body, link = self.found(f"ingestion/{kind}/{path[1]}", page)
            if link:
                link = link.replace("/submissions/1/", f"/submissions/{path[3]}/")
            return status, route, body, link
        return self.missing("/".join(path))

    def found_or_none(self, route, page=1):
        if route in self.portal.bodies:
            return self.found(route, page)
        return 200, route, {"value": []}, None

    def find_graph(self, path, query):
        page = int(query.get("continuationtoken", 1))
        if path == ["product"] and "externalid" in query:
            id = query["externalid"].lower()
            if id in self.portal.refused_types:
                error = {"code": "badRequest", "message": "Type AzureApplication is not supported"}
                return 400, f"graph/lookup/{id}", {"error": error}, None
            return self.found_or_none(f"graph/lookup/{id}")
        if path == ["product"]:
            return self.found("graph/products", page)
        if len(path) == 2 and path[0] == "submission":
            return self.found(f"graph/submissions/{path[1]}", page)
        return self.missing("/".join(path))


def whole_elements(fault, count):
    """How many elements of a list stand whole before the place where it breaks off."""
    return fault.arg % count

"""Every number of a record once more, from its JSON alone. Shares no code with itakit."""

# mypy: ignore-errors

from tests.laws.formulas import aggregate, average, exact, head, near, points, published, shares


def wrong(record):
    """The code and the name of every number that does not follow from the others."""
    scheme, nodes, root = record["scheme"], record["nodes"], record["nodes"][0]["code"]
    low, high = map(exact, scheme["range"])
    value, figure, cover, factors, part = {}, {}, {}, {}, {}
    for node in reversed(nodes):
        code, scale, status = node["code"], scheme["scales"].get(node["scale"]), node["status"]
        weight = {term["code"]: exact(term["weight"]) for term in node["terms"]}
        score = {c: points(scale, c, low, high) if scale else value[c] for c in weight}
        terms = [(score[c], w, c) for c, w in weight.items() if score[c] is not None]
        made = low if status == "missing" and node["score"] else exact(node["score"])
        n = sum(w for _, w, _ in terms)
        if terms and status != "missing":
            made = near(aggregate(terms, node["method"], low, high), made, exact(node["error"]))
        figure[code] = published(made, scheme["rounding"])
        value[code] = figure[code] if node["level"] in scheme["rounding"]["carry"] else made
        asked = [(cover[c], w, c) for c, w in weight.items() if not scale and cover[c] is not None]
        share = average(asked) if asked else {"given": 1, "missing": 0}.get(status)
        cover[code] = 0 if status == "missing" else share
        if status == "scored":
            factors[code] = shares(terms, node["method"], value[code] / made if made else 1)
        found = {"score": made, "rounded": figure[code], "coverage": share, "n": scale and n}
        yield from ((code, name) for name, x in found.items() if x != exact(node[name]))
    for node in nodes:
        above, known = part.get(node["parent"], 1), factors.get(node["parent"], {root: 1})
        lost = above is None or (above and known is None) or value[root] is None
        part[node["code"]] = None if lost else above * (known or {}).get(node["code"], 0)
        told = None if lost else part[node["code"]] * (value[node["code"]] or 0)
        yield from [(node["code"], "contribution")] * (exact(node["contribution"]) != told)
    yield from ((root, k) for k, x in head(scheme, nodes[0], figure).items() if record[k] != x)

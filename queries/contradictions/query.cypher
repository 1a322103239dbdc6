MATCH (p:Paper)-[:REPORTS]->(c:Claim)-[:ON_DATASET]->(d:Dataset)
WHERE c.kind = 'absolute' AND c.bound = 'exact' AND ($dataset = '' OR d.id = $dataset)
MATCH (c)-[:OF_METHOD]->(m:Method)
MATCH (c)-[:MEASURES]->(x:Metric)
MATCH (c)-[:SUPPORTED_BY]->(e:Evidence)
WITH m, d, x, c.unit AS unit, collect({claim: c.id, value: c.value, paper: p.id, quote: e.quote}) AS found
WHERE size(found) > 1
UNWIND found AS a
UNWIND found AS b
WITH m, d, x, unit, a, b
WHERE a.value < b.value AND a.paper <> b.paper
RETURN m.name AS method, d.name AS dataset, x.name AS metric, unit, a.value AS lower, b.value AS higher,
       a.paper AS lower_paper, b.paper AS higher_paper, a.claim AS lower_claim, b.claim AS higher_claim,
       a.quote AS lower_quote, b.quote AS higher_quote
ORDER BY method, dataset, metric, unit, lower_claim, higher_claim
LIMIT $limit

MATCH (d:Dataset)<-[:ON_DATASET]-(a:Claim)-[:OF_METHOD]->(m:Method)
WHERE a.kind = 'absolute' AND a.bound = 'exact' AND ($dataset = '' OR d.id = $dataset)
MATCH (m)<-[:OF_METHOD]-(b:Claim)-[:ON_DATASET]->(d)
WHERE b.kind = 'absolute' AND b.bound = 'exact' AND a.unit = b.unit AND a.value < b.value
MATCH (a)-[:MEASURES]->(x:Metric)<-[:MEASURES]-(b)
MATCH (p:Paper)-[:REPORTS]->(a)
MATCH (q:Paper)-[:REPORTS]->(b)
WHERE p.id <> q.id
MATCH (a)-[:SUPPORTED_BY]->(e:Evidence)
MATCH (b)-[:SUPPORTED_BY]->(f:Evidence)
RETURN m.name AS method, d.name AS dataset, x.name AS metric, a.unit AS unit, a.value AS lower, b.value AS higher,
       p.id AS lower_paper, q.id AS higher_paper, a.id AS lower_claim, b.id AS higher_claim,
       e.quote AS lower_quote, f.quote AS higher_quote
ORDER BY method, dataset, metric, unit, lower_claim, higher_claim
LIMIT $limit

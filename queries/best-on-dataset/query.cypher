MATCH (:Dataset {id: $dataset})<-[:ON_DATASET]-(c:Claim)-[:MEASURES]->(x:Metric)
WHERE c.kind = 'absolute' AND c.bound IN ['exact', 'approx'] AND ($metric = '' OR x.id = $metric)
MATCH (p:Paper)-[:REPORTS]->(c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
WITH p, c, e, x, m, collect(DISTINCT s.name) AS datasets
RETURN p.id AS paper, p.title AS title, p.published AS published, c.value AS value, c.valueHigh AS value_high,
       c.unit AS unit, c.kind AS kind, c.bound AS bound, x.name AS metric, coalesce(m.name, c.methodText) AS method,
       datasets, c.id AS claim, e.quote AS quote, x.direction AS direction
ORDER BY x.name, x.id, c.unit, CASE WHEN coalesce(x.direction, 'higher') = 'lower' THEN c.value ELSE -c.value END,
         coalesce(p.published, '') DESC, p.id, c.id
LIMIT $limit

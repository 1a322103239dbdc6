MATCH (d:Dataset {id: $dataset})<-[:REPORTS_ON|EVALUATES_ON|INTRODUCES]-(p:Paper)
WITH DISTINCT p
OPTIONAL MATCH (p)-[:REPORTS]->(c:Claim)-[:ON_DATASET]->(:Dataset {id: $dataset})
OPTIONAL MATCH (c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:MEASURES]->(x:Metric)
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
WITH p, c, e, x, m, collect(DISTINCT s.name) AS datasets
RETURN p.id AS paper, p.title AS title, p.published AS published, c.value AS value, c.valueHigh AS value_high,
       c.unit AS unit, c.kind AS kind, c.bound AS bound, coalesce(x.name, c.metricText) AS metric,
       coalesce(m.name, c.methodText) AS method, datasets, c.id AS claim, e.quote AS quote
ORDER BY CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, coalesce(p.published, '') DESC, p.id, e.field, e.startOffset, c.id

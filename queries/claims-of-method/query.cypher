MATCH (:Method {id: $method})<-[:OF_METHOD]-(c:Claim)
MATCH (p:Paper)-[:REPORTS]->(c)
MATCH (c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:MEASURES]->(x:Metric)
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:AGAINST_BASELINE]->(b:Method)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
WITH p, c, e, x, m, b, collect(DISTINCT s.name) AS datasets
RETURN p.id AS paper, p.title AS title, p.published AS published, c.id AS claim, c.value AS value,
       c.valueHigh AS value_high, c.unit AS unit, c.kind AS kind, c.bound AS bound,
       coalesce(x.name, c.metricText) AS metric, coalesce(m.name, c.methodText) AS method, datasets,
       coalesce(b.name, c.baselineText) AS baseline, c.baselineValue AS baseline_value, e.quote AS quote
ORDER BY coalesce(p.published, '') DESC, p.id, e.field, e.startOffset, c.id

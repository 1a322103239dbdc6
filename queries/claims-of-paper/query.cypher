MATCH (p:Paper {id: $paper})-[:REPORTS]->(c:Claim)
MATCH (c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:MEASURES]->(x:Metric)
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
OPTIONAL MATCH (c)-[:AGAINST_BASELINE]->(b:Method)
OPTIONAL MATCH (c)-[:FOR_TASK]->(t:Task)
WITH p, c, e, x, m, b, t, collect(DISTINCT s.name) AS datasets
RETURN p.id AS paper, p.title AS title, p.published AS published, c.value AS value, c.valueHigh AS value_high,
       c.unit AS unit, c.kind AS kind, c.bound AS bound, coalesce(x.name, c.metricText) AS metric,
       coalesce(m.name, c.methodText) AS method, datasets, c.id AS claim, e.quote AS quote, coalesce(b.name, c.baselineText) AS baseline, c.baselineValue AS baseline_value,
       coalesce(t.name, c.taskText) AS task, c.confidence AS confidence, e.sentence AS sentence
ORDER BY e.field DESC, e.startOffset, c.id

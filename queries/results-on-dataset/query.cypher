MATCH (:Dataset {id: $dataset})<-[:ON_DATASET]-(c:Claim)-[:MEASURES]->(x:Metric)
MATCH (p:Paper)-[:REPORTS]->(c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
WITH p, c, e, x, collect(DISTINCT s.name) AS datasets
OPTIONAL MATCH (p)-[:PROPOSES]->(o:Method)
WITH p, c, e, x, datasets, collect(DISTINCT o.id) AS proposes
OPTIONAL MATCH (p)-[:ADDRESSES]->(a:Task)
WITH p, c, e, x, datasets, proposes, collect(DISTINCT a.id) AS paper_tasks
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:AGAINST_BASELINE]->(b:Method)
OPTIONAL MATCH (c)-[:FOR_TASK]->(t:Task)
RETURN p.id AS paper, p.title AS title, p.published AS published, p.year AS year, c.id AS claim, c.value AS value,
       c.valueHigh AS value_high, c.unit AS unit, c.kind AS kind, c.bound AS bound, x.id AS metric,
       x.name AS metric_name, x.direction AS direction, m.id AS method, coalesce(m.name, c.methodText) AS method_name,
       datasets, b.id AS baseline, coalesce(b.name, c.baselineText) AS baseline_name,
       c.baselineValue AS baseline_value, e.quote AS quote, proposes, t.id AS claim_task, paper_tasks
ORDER BY coalesce(p.published, '') DESC, p.id, e.field, e.startOffset, c.id

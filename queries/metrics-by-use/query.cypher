MATCH (m:Metric)
OPTIONAL MATCH (m)<-[:USES_METRIC]-(p:Paper)
WITH m, count(DISTINCT p.id) AS papers
OPTIONAL MATCH (m)<-[:MEASURES]-(c:Claim)
WITH m, papers, count(DISTINCT c.id) AS claims
RETURN m.id AS metric, m.name AS name, m.direction AS direction, papers, claims
ORDER BY papers DESC, claims DESC, metric
LIMIT $limit

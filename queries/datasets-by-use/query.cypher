MATCH (d:Dataset)<-[:INTRODUCES|EVALUATES_ON|REPORTS_ON]-(p:Paper)
WITH d, count(DISTINCT p.id) AS papers
OPTIONAL MATCH (d)<-[:ON_DATASET]-(c:Claim)
WITH d, papers, count(DISTINCT c.id) AS claims
RETURN d.id AS dataset, d.name AS name, papers, claims
ORDER BY papers DESC, claims DESC, dataset
LIMIT $limit

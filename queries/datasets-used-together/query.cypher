MATCH (:Dataset {id: $dataset})<-[:EVALUATES_ON|INTRODUCES|REPORTS_ON]-(p:Paper)
WITH DISTINCT p
MATCH (p)-[:EVALUATES_ON|INTRODUCES|REPORTS_ON]->(d:Dataset)
WHERE d.id <> $dataset
RETURN d.id AS dataset, d.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, dataset
LIMIT $limit

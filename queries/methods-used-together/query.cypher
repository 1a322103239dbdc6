MATCH (:Method {id: $method})<-[:PROPOSES|USES_METHOD]-(p:Paper)
WITH DISTINCT p
MATCH (p)-[:PROPOSES|USES_METHOD]->(m:Method)
WHERE m.id <> $method
RETURN m.id AS method, m.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, method
LIMIT $limit

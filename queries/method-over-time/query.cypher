MATCH (:Method {id: $method})<-[:PROPOSES|USES_METHOD]-(p:Paper)
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(DISTINCT p.id) AS papers
ORDER BY year

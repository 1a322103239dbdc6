MATCH (:Dataset {id: $dataset})<-[:INTRODUCES|EVALUATES_ON|REPORTS_ON]-(p:Paper)
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(DISTINCT p.id) AS papers
ORDER BY year

MATCH (p:Paper)-[:INTRODUCES]->(d:Dataset)
WHERE $since = '' OR p.published >= $since
MATCH (d)<-[:INTRODUCES|EVALUATES_ON|REPORTS_ON]-(q:Paper)
WITH p, d, count(DISTINCT q.id) AS named_by
RETURN d.id AS dataset, d.name AS name, named_by, p.id AS paper, p.title AS title, p.published AS published
ORDER BY coalesce(p.published, '') DESC, p.id, dataset
LIMIT $limit

MATCH (p:Paper)-[:INTRODUCES]->(d:Dataset)
WHERE $since = '' OR p.published >= $since
RETURN d.id AS dataset, d.name AS name, p.id AS paper, p.title AS title, p.published AS published
ORDER BY coalesce(p.published, '') DESC, p.id, dataset
LIMIT $limit

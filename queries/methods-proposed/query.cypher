MATCH (p:Paper)-[:PROPOSES]->(m:Method)
WHERE $since = '' OR p.published >= $since
RETURN m.id AS method, m.name AS name, p.id AS paper, p.title AS title, p.published AS published
ORDER BY coalesce(p.published, '') DESC, p.id, method
LIMIT $limit

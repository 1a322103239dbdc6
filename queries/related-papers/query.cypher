MATCH (q:Paper {id: $paper})-[:PROPOSES|USES_METHOD|INTRODUCES|EVALUATES_ON|ADDRESSES]->(e:Method|Dataset|Task)
MATCH (e)<-[:PROPOSES|USES_METHOD|INTRODUCES|EVALUATES_ON|ADDRESSES]-(p:Paper)
WHERE p.id <> $paper
WITH p, count(DISTINCT e.id) AS shared
RETURN p.id AS paper, p.title AS title, p.published AS published, shared
ORDER BY shared DESC, coalesce(p.published, '') DESC, p.id
LIMIT $limit
